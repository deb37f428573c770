using Sweep.Search.Spec;

namespace Sweep.Store;

/// <summary>A sweep that silos may work on (state Pending or Running), as far as they choose by.</summary>
/// <param name="HasOwner">Whether a silo coordinates it.</param>
/// <param name="Running">Trials that run, on any silo; those claimed ahead count.</param>
/// <param name="HasWaiting">Whether a trial waits that any silo may claim.</param>
/// <param name="HasSuspects">Whether a trial waits that only <see cref="ISiloStore.ClaimSuspectAsync"/> gives.</param>
public sealed record OpenSweep(
    long SweepId, string Name, SweepPlacement Placement, bool HasOwner, int Running, bool HasWaiting, bool HasSuspects);
