using Spectre.Console;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;

namespace Sweep.Client.Rendering;

/// <summary>Formats the objective values of the best trial.</summary>
internal static class BestText
{
    /// <summary><c>0.8712 val_accuracy</c>; with replicates <c>0.8712 ±0.0021 val_accuracy</c>; several objectives are separated by commas. With markup.</summary>
    public static string Values(SweepSpec spec, RankedTrial best, string style) => string.Join(
        ", ", spec.Objectives.Select((objective, i) => $"[{style}]{Value(best, i)}[/] {Markup.Escape(Metric(spec, objective))}"));

    /// <summary><c>val_accuracy</c>; with replicates that are not ranked by their mean, also the statistic: <c>val_accuracy (lower bound)</c>.</summary>
    public static string Metric(SweepSpec spec, Objective objective) => (spec.Replicates.Count, spec.Replicates.Rank) switch
    {
        ( > 1, ReplicateRank.Median) => $"{objective.Metric} (median)",
        ( > 1, ReplicateRank.LowerBound) => $"{objective.Metric} (lower bound)",
        _ => objective.Metric,
    };

    /// <summary><c>0.8712</c>, with replicates <c>0.8712 ±0.0021</c>.</summary>
    public static string Value(RankedTrial ranked, int objective)
    {
        var value = objective < ranked.Trial.Values.Count ? ranked.Trial.Values[objective] : null;
        return value is { } v && objective < ranked.Deviations.Count && ranked.Deviations[objective] is { } deviation
            ? $"{Numbers.Metric(v)} ±{Numbers.Deviation(v, deviation)}"
            : Numbers.Metric(value);
    }
}
