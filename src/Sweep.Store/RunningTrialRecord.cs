using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>A trial that runs, and where.</summary>
/// <param name="Sweep">The sweep's name.</param>
/// <param name="Silo">The incarnation that owns it.</param>
/// <param name="ClaimedAt">Since when, for people.</param>
public sealed record RunningTrialRecord(string Sweep, TrialRecord Trial, Guid Silo, DateTimeOffset ClaimedAt);
