using Sweep.Grains.Trials;

namespace Sweep.Grains.Search;

/// <summary>What a search learns of a trial: that it is at its granted resource (Paused), or over.</summary>
/// <param name="State">Paused, or a state that is over.</param>
/// <param name="Step">The resource it has reached.</param>
/// <param name="Values">Its objectives there; null (or NaN) where there is no value, empty before the first report.</param>
public sealed record TrialResult(int Number, int Replicate, TrialState State, int Step, IReadOnlyList<double?> Values);
