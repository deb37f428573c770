using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What a silo writes, every write fenced (STORE.md). A task completes when its write is durable.</summary>
public interface ISiloStore
{
    Task RegisterSiloAsync(SiloRecord silo, CancellationToken cancellationToken);

    /// <summary>Takes the silo out of the store; what it still owns is given back first, and what it refused forgotten.</summary>
    Task RemoveSiloAsync(Guid incarnation, CancellationToken cancellationToken);

    /// <summary>Renews a silo's lease, from the moment at which the store does it, and tells what the store holds for it.</summary>
    /// <returns>Null when the silo is not registered any more: it was buried, and owns nothing.</returns>
    Task<SiloHoldings?> BeatAsync(Guid incarnation, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a silo the coordinator of a sweep that is Pending or Running and that nobody coordinates: raises the term and sets the state to Running.
    /// Refused, with the owner, while another silo holds it: prove that one dead and bury it first.
    /// </summary>
    Task<ActivationResult> ActivateSweepAsync(long sweepId, Guid incarnation, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a silo whose death was proved out of the store: its sweeps lose their owner, its running trials go back to Waiting
    /// (their next claim raises the attempt, so nothing it may still send has any effect). Returns how many trials were rescued.
    /// </summary>
    Task<int> BurySiloAsync(Guid incarnation, string proof, CancellationToken cancellationToken);

    /// <summary>
    /// The same for a silo that was not heard of for its lease; the deaths of its trials do not count against them. Refused (null) while the lease
    /// holds, by the store's clock, and until the server has been up for as long.
    /// </summary>
    /// <remarks>Only for a silo that has itself reached the store without a gap for as long: after an outage all leases look expired.</remarks>
    Task<int?> BuryExpiredSiloAsync(Guid incarnation, CancellationToken cancellationToken);

    /// <summary>Sweeps that silos may work on, by id.</summary>
    Task<IReadOnlyList<OpenSweep>> ListOpenSweepsAsync(CancellationToken cancellationToken);

    /// <summary>Claims up to <paramref name="count"/> waiting trials of a sweep that are neither held back nor suspects, lowest number first: Running, attempt + 1, owned by
    /// the incarnation. None for a silo that is not registered, a sweep that is not Running, and beyond the sweep's slots.</summary>
    Task<IReadOnlyList<ClaimedTrial>> ClaimTrialsAsync(
        long sweepId, Guid incarnation, string numericsProfile, int count, CancellationToken cancellationToken);

    /// <summary>
    /// Claims one trial that was running on silos that died, at least <see cref="SweepPlacement.SuspectAfter"/> times without progress between: for a silo
    /// that runs nothing else, and will not until this one ends.
    /// </summary>
    Task<ClaimedTrial?> ClaimSuspectAsync(long sweepId, Guid incarnation, string numericsProfile, CancellationToken cancellationToken);

    /// <summary>
    /// How trials stand whose end a coordinator waits for: the given ones that ended, and those that run and have reported.
    /// </summary>
    Task<IReadOnlyList<TrialRecord>> ListProgressAsync(long sweepId, IReadOnlyCollection<TrialPlace> places, CancellationToken cancellationToken);

    /// <summary>Notes why a silo leaves a sweep alone, until the silo leaves the store; null takes it back.</summary>
    Task RefuseSweepAsync(long sweepId, Guid incarnation, string? reason, CancellationToken cancellationToken);

    /// <summary>Tells the other silos and commands that something changed, where the store can do that sooner than they look.</summary>
    Task HintAsync(StoreHint hint, CancellationToken cancellationToken);

    /// <summary>Hints as they come in, those of this process too where the store does not tell them apart, until cancelled. One reader at a time.</summary>
    IAsyncEnumerable<StoreHint> HintsAsync(CancellationToken cancellationToken);

    Task<WriteResult> WriteAsync(OwnerUnit unit, CancellationToken cancellationToken);

    Task<WriteResult> WriteAsync(CoordinatorUnit unit, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the checkpoints of trials that are over, in transactions of a bounded size, each fenced by (sweep, term). What may still go
    /// on, or be tried again, keeps its checkpoint. Returns how many were removed.
    /// </summary>
    /// <param name="kept">Numbers of the trials that keep theirs.</param>
    Task<int> PruneCheckpointsAsync(long sweepId, long term, IReadOnlyCollection<int> kept, CancellationToken cancellationToken);
}
