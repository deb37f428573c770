namespace Sweep.Store.Processes;

/// <summary>What was seen under a pid.</summary>
/// <param name="Presence">Whether anything stands there.</param>
/// <param name="StartTime">Its start in clock ticks since boot, when it could be read.</param>
/// <param name="IsZombie">Whether all of it has ended and only its exit code waits to be fetched.</param>
public readonly record struct ProcessSight(ProcessPresence Presence, long StartTime = 0, bool IsZombie = false);
