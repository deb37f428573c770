namespace Sweep.Grains.Storage;

/// <summary>What became of a user's change to a sweep.</summary>
/// <param name="Changed">How many trials were put back to Waiting, or are to come.</param>
/// <param name="Owner">The silo that coordinates the sweep: nothing was changed then; null when it was.</param>
public sealed record RevisionResult(int Changed, SiloRecord? Owner);
