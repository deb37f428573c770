using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>Creates, reads and revises sweeps: what commands need. Reads never wait for a writer.</summary>
public interface ISweepStore
{
    /// <summary>Writes a sweep in state Pending, or nothing when its fixed name is taken.</summary>
    Task<CreateResult> CreateSweepAsync(NewSweep sweep, CancellationToken cancellationToken);

    /// <summary>Applies a user's change. It takes the sweep from its coordinator: the next activation rebuilds it with the change in it.</summary>
    /// <returns>Null when there is no such sweep; with nothing changed when its state does not allow it.</returns>
    Task<SweepChangeResult?> ChangeSweepAsync(long sweepId, SweepChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Puts trials that failed, were canceled or poisoned back to Waiting, and opens a sweep that is over again, as Paused; others are
    /// passed over. They go on from their newest checkpoint. It takes the sweep from its coordinator.
    /// </summary>
    Task<SweepChangeResult> RetryTrialsAsync(long sweepId, IReadOnlyCollection<long> trialIds, CancellationToken cancellationToken);

    /// <summary>Asks for more trials than the spec has, and opens a sweep that is over again, as Paused. It takes the sweep from its coordinator.</summary>
    Task<SweepChangeResult> ExtendSweepAsync(long sweepId, int more, CancellationToken cancellationToken);

    /// <summary>Sets where and when a sweep's trials run, from now on; but not <see cref="SweepPlacement.Numerics"/>, which stays.</summary>
    Task PlaceSweepAsync(long sweepId, SweepPlacement placement, CancellationToken cancellationToken);

    /// <summary>Deletes a sweep with all that belongs to it, in transactions of a bounded size; what was running has lost it from the first on.</summary>
    /// <returns>False when there is no such sweep.</returns>
    Task<bool> DeleteSweepAsync(long sweepId, CancellationToken cancellationToken);

    /// <summary>Silos that are registered, alive or not, oldest first.</summary>
    Task<IReadOnlyList<SiloStanding>> ListSilosAsync(CancellationToken cancellationToken);

    /// <summary>Trials that run, by silo, sweep and number; those claimed ahead count.</summary>
    /// <param name="sweepId">Of one sweep; null for all.</param>
    Task<IReadOnlyList<RunningTrialRecord>> ListRunningAsync(long? sweepId, CancellationToken cancellationToken);

    /// <summary>Why silos leave a sweep alone.</summary>
    Task<IReadOnlyList<SweepRefusal>> ListRefusalsAsync(long sweepId, CancellationToken cancellationToken);

    Task<SweepRecord?> FindSweepAsync(string name, CancellationToken cancellationToken);

    /// <summary>Every sweep, oldest first.</summary>
    Task<IReadOnlyList<SweepSummary>> ListSweepsAsync(CancellationToken cancellationToken);

    Task<SweepSummary> SummarizeAsync(long sweepId, CancellationToken cancellationToken);

    /// <summary>Trials by (number, replicate), from <paramref name="fromNumber"/> on, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<TrialRecord>> ListTrialsAsync(long sweepId, int fromNumber, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Trials in the order of the ranking (DESIGN.md): group, highest rank resource, first objective, number; no value last.
    /// Answered from an index: it costs the <paramref name="limit"/>, not the number of trials.
    /// </summary>
    Task<IReadOnlyList<TrialRecord>> RankTrialsAsync(long sweepId, int limit, CancellationToken cancellationToken);

    /// <summary>All replicates of a number; empty when there is no such trial.</summary>
    Task<IReadOnlyList<TrialRecord>> FindTrialsAsync(long sweepId, int number, CancellationToken cancellationToken);

    /// <summary>Trials that were running on silos that died, at least <see cref="SweepPlacement.SuspectAfter"/> times without progress between, and wait.</summary>
    Task<IReadOnlyList<TrialRecord>> ListQuarantinedAsync(long sweepId, CancellationToken cancellationToken);

    /// <summary>A trial's reports by step.</summary>
    Task<IReadOnlyList<ReportRecord>> ListReportsAsync(long trialId, CancellationToken cancellationToken);

    /// <summary>The reports of all trials of a sweep at the given steps: a coordinator's memory of its rungs.</summary>
    Task<IReadOnlyList<(long TrialId, ReportRecord Report)>> ListReportsAtAsync(
        long sweepId, IReadOnlyList<int> steps, CancellationToken cancellationToken);

    /// <summary>
    /// What epochs reported for later trials to learn from, of the numbers from <paramref name="fromNumber"/> to below <paramref name="toNumber"/>, up to the
    /// resource that each was granted first: by number, replicate and step; epochs without any are left out.
    /// </summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ListExperiencesAsync(long sweepId, int fromNumber, int toNumber, CancellationToken cancellationToken);

    /// <summary>What a sweep's coordinators decided on trials that existed, in the order in which it was written.</summary>
    /// <param name="after">Only what came after the decision of this id; 0 for all.</param>
    Task<IReadOnlyList<DecisionRecord>> ListDecisionsAsync(long sweepId, long after, CancellationToken cancellationToken);

    /// <summary>What a trial is tested and exported with: its best epoch's checkpoint where one is kept, else its newest; null when it has none.</summary>
    Task<Checkpoint?> FindFinalCheckpointAsync(long trialId, CancellationToken cancellationToken);

    /// <summary>The audit trail of a sweep, oldest first, at most the last <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<EventRecord>> ListEventsAsync(long sweepId, int limit, CancellationToken cancellationToken);

    /// <summary>The events of one trial, all replicates of its number together, oldest first.</summary>
    Task<IReadOnlyList<EventRecord>> ListTrialEventsAsync(long sweepId, int number, CancellationToken cancellationToken);
}
