using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>Why trials of a sweep wait, for people: what keeps them from running beyond that others are before them.</summary>
internal static class WaitingReasons
{
    /// <summary><c>12 waiting: no live silo has label gpu</c>, one for each reason; empty when there is none.</summary>
    /// <param name="silos">The silos that live.</param>
    /// <param name="refusals">Those of any silos: of dead ones they do not count.</param>
    /// <param name="suspects">Trials that wait to run alone.</param>
    public static IReadOnlyList<string> Of(
        SweepRecord sweep,
        IReadOnlyDictionary<TrialState, int> counts,
        IReadOnlyList<SiloRecord> silos,
        IReadOnlyList<SweepRefusal> refusals,
        IReadOnlyList<TrialRecord> suspects)
    {
        var waiting = counts.GetValueOrDefault(TrialState.Waiting);
        if (sweep.State.IsOver() || (waiting == 0 && counts.Count > 0 && counts.GetValueOrDefault(TrialState.Running) > 0))
        {
            return [];
        }

        var head = waiting > 0 ? $"{waiting} waiting: " : "waiting: ";
        if (sweep.State == SweepState.Paused)
        {
            return [$"{head}paused"];
        }

        var able = silos.Where(silo => SiloLabels.SweepOf(silo.Labels) is not { } only || only == sweep.Name).ToList();
        List<string> reasons = able.Count == 0 ? ["no live silo"] : [];
        if (able.Count > 0 && !able.Exists(silo => SiloLabels.Suit(silo.Labels, sweep.Name, sweep.Placement.Requires)))
        {
            reasons.Add($"no live silo has {Missing(sweep.Placement.Requires, able)}");
        }

        var names = able.Select(silo => silo.Name).ToHashSet(StringComparer.Ordinal);
        reasons.AddRange(refusals.Where(refusal => names.Contains(refusal.Silo)).GroupBy(refusal => refusal.Reason, StringComparer.Ordinal)
            .Select(group => $"{Who([.. group.Select(refusal => refusal.Silo).Distinct(StringComparer.Ordinal)])} it alone: {group.Key}"));
        if (waiting > 0 && sweep.Placement.Slots is { } limit && counts.GetValueOrDefault(TrialState.Running) >= limit)
        {
            reasons.Add($"limited to {(limit == 1 ? "1 slot" : $"{limit} slots")}");
        }

        return [.. reasons.Select(reason => head + reason), .. suspects.Select(Suspect)];
    }

    /// <summary>What slots of the live silos a sweep has no use for; null when it can use them all.</summary>
    public static string? UnusedSlots(SweepSpec spec, SweepRecord sweep, IReadOnlyList<SiloRecord> silos) => SpecText.UnusedSlots(
        spec, silos.Where(silo => SiloLabels.Suit(silo.Labels, sweep.Name, sweep.Placement.Requires)).Sum(silo => silo.Slots));

    /// <summary>The labels that no silo has; where each is to be had somewhere, all of them.</summary>
    private static string Missing(string requires, List<SiloRecord> silos)
    {
        var all = requires.Split(',');
        var nowhere = all.Where(label => !silos.Exists(silo => SiloLabels.Words(silo.Labels).Contains(label))).ToList();
        return nowhere.Count == 0 ? $"labels {string.Join(", ", all)} together"
            : $"{(nowhere.Count == 1 ? "label" : "labels")} {string.Join(", ", nowhere)}";
    }

    private static string Who(List<string> silos) => silos.Count == 1 ? $"silo {silos[0]} leaves" : $"silos {string.Join(", ", silos)} leave";

    private static string Suspect(TrialRecord trial) =>
        $"trial {trial.Number}{(trial.Replicate > 0 ? $".{trial.Replicate}" : "")} runs alone next: {trial.Deaths} silos died while it ran";
}
