using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What became of a user's change to a sweep.</summary>
/// <param name="State">The sweep's state after it.</param>
/// <param name="Changed">How many trials it concerned: put back to Waiting, canceled, or to come; 0 when nothing was to be changed.</param>
public sealed record RevisionResult(SweepState State, int Changed);
