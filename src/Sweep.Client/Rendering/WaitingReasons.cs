using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>Human-readable reasons why trials of a sweep wait, other than trials ahead of them in the queue.</summary>
internal static class WaitingReasons
{
    /// <summary><c>12 waiting: no live silo has label gpu</c>, one line for each reason; empty if there is none.</summary>
    /// <param name="silos">The live silos.</param>
    /// <param name="rejections">Rejections by any silo; those of dead silos are ignored.</param>
    /// <param name="quarantined">Quarantined trials, which wait to run alone.</param>
    public static IReadOnlyList<string> Of(
        SweepRecord sweep,
        IReadOnlyDictionary<TrialState, int> counts,
        IReadOnlyList<SiloRecord> silos,
        IReadOnlyList<SweepRefusal> rejections,
        IReadOnlyList<TrialRecord> quarantined)
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

        var eligible = silos.Where(silo => SiloLabels.SweepOf(silo.Labels) is not { } only || only == sweep.Name).ToList();
        List<string> reasons = eligible.Count == 0 ? ["no live silo"] : [];
        if (eligible.Count > 0 && !eligible.Exists(silo => SiloLabels.Suit(silo.Labels, sweep.Name, sweep.Placement.Requires)))
        {
            reasons.Add($"no live silo has {Missing(sweep.Placement.Requires, eligible)}");
        }

        var names = eligible.Select(silo => silo.Name).ToHashSet(StringComparer.Ordinal);
        reasons.AddRange(rejections.Where(rejection => names.Contains(rejection.Silo)).GroupBy(rejection => rejection.Reason, StringComparer.Ordinal)
            .Select(group => $"{Ineligible([.. group.Select(rejection => rejection.Silo).Distinct(StringComparer.Ordinal)])} not eligible: {group.Key}"));
        if (waiting > 0 && sweep.Placement.Slots is { } limit && counts.GetValueOrDefault(TrialState.Running) >= limit)
        {
            reasons.Add($"limited to {(limit == 1 ? "1 slot" : $"{limit} slots")}");
        }

        return [.. reasons.Select(reason => head + reason), .. quarantined.Select(Quarantined)];
    }

    /// <summary>A warning if the sweep cannot use all slots of the live silos, else null.</summary>
    public static string? UnusedSlots(SweepSpec spec, SweepRecord sweep, IReadOnlyList<SiloRecord> silos) => SpecText.UnusedSlots(
        spec, silos.Where(silo => SiloLabels.Suit(silo.Labels, sweep.Name, sweep.Placement.Requires)).Sum(silo => silo.Slots));

    /// <summary>The labels that no silo has; if each is on some silo, all of them.</summary>
    private static string Missing(string requires, List<SiloRecord> silos)
    {
        var all = requires.Split(',');
        var missing = all.Where(label => !silos.Exists(silo => SiloLabels.Words(silo.Labels).Contains(label))).ToList();
        return missing.Count == 0 ? $"labels {string.Join(", ", all)} together"
            : $"{(missing.Count == 1 ? "label" : "labels")} {string.Join(", ", missing)}";
    }

    private static string Ineligible(List<string> silos) => silos.Count == 1 ? $"silo {silos[0]} is" : $"silos {string.Join(", ", silos)} are";

    private static string Quarantined(TrialRecord trial) =>
        $"trial {trial.Number}{(trial.Replicate > 0 ? $".{trial.Replicate}" : "")} runs alone next: {trial.Deaths} silos died while it ran";
}
