using Spectre.Console;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;

namespace Sweep.Client.Rendering;

/// <summary>The objectives of the best, as people read them.</summary>
internal static class BestText
{
    /// <summary><c>0.8712 val_accuracy</c>; of replicates <c>0.8712 ±0.0021 val_accuracy</c>; several objectives one after another. With markup.</summary>
    public static string Values(SweepSpec spec, RankedTrial best, string style) => string.Join(
        ", ", spec.Objectives.Select((objective, i) => $"[{style}]{Value(best, i)}[/] {Markup.Escape(Metric(spec, objective))}"));

    /// <summary><c>val_accuracy</c>; of replicates, what of theirs is compared, where that is not the mean: <c>val_accuracy (lower bound)</c>.</summary>
    public static string Metric(SweepSpec spec, Objective objective) => (spec.Replicates.Count, spec.Replicates.Rank) switch
    {
        ( > 1, ReplicateRank.Median) => $"{objective.Metric} (median)",
        ( > 1, ReplicateRank.LowerBound) => $"{objective.Metric} (lower bound)",
        _ => objective.Metric,
    };

    /// <summary><c>0.8712</c>, of replicates <c>0.8712 ±0.0021</c>.</summary>
    public static string Value(RankedTrial place, int objective)
    {
        var value = objective < place.Trial.Values.Count ? place.Trial.Values[objective] : null;
        return value is { } v && objective < place.Deviations.Count && place.Deviations[objective] is { } deviation
            ? $"{Numbers.Metric(v)} ±{Numbers.Deviation(v, deviation)}"
            : Numbers.Metric(value);
    }
}
