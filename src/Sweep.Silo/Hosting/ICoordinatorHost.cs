using Serilog;
using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>The silo, as a <see cref="SweepCoordinator"/> sees it.</summary>
internal interface ICoordinatorHost
{
    IStore Store { get; }

    TimeProvider Time { get; }

    ILogger Log { get; }

    /// <summary>The slots of all live silos.</summary>
    int UsableSlots { get; }

    /// <summary>Whether there are other live silos.</summary>
    bool HasPeers { get; }

    /// <summary>Whether a sweep is paused when this silo is asked to stop, and not left to others.</summary>
    bool PausesOnStop { get; }

    /// <summary>Whether slots run trials of a sweep, or hold them.</summary>
    bool Runs(long sweepId);

    /// <summary>A sweep was made ready, or let go of: there may be something to do at once.</summary>
    void LookAgain();

    /// <summary>There may be trials to claim.</summary>
    void WorkWritten(long sweepId);

    /// <summary>A sweep is over, or left to other silos.</summary>
    void SweepReleased(long sweepId);

    /// <summary>An end is durable, and its consequences are written.</summary>
    void TrialEnded(TrialEnd end);

    /// <summary>What a winner reached on the test set is durable.</summary>
    void Tested(TrialRecord trial, TrialTest test);
}
