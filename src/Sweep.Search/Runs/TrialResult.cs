using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>What a search learns of a trial: that it is at its granted resource (Paused), or over.</summary>
/// <param name="State">Paused, or a state that is over.</param>
/// <param name="Granted">The resource it had been granted by then: it says which of the trial's rests this is.</param>
/// <param name="Step">The resource it has reached; less than granted when it ended before.</param>
/// <param name="Values">Its objectives there; null (or NaN) where there is no value, empty before the first report.</param>
public sealed record TrialResult(int Number, int Replicate, TrialState State, int Granted, int Step, IReadOnlyList<double?> Values)
{
    /// <summary>The first objective's metric in each epoch from the first to <see cref="Step"/>, whatever <c>over</c> says; empty when <see cref="SweepSearch.NeedsCurves"/> is false.</summary>
    public IReadOnlyList<double?> Curve { get; init; } = [];

    /// <summary>The first objective, or null.</summary>
    internal double? Value => Values.Count > 0 && Values[0] is { } value && !double.IsNaN(value) ? value : null;
}
