namespace Sweep.Grains.Storage;

/// <summary>What a silo writes, every write fenced (STORE.md). A task completes when its write is durable.</summary>
public interface ISiloStore
{
    Task RegisterSiloAsync(SiloRecord silo, CancellationToken cancellationToken);

    /// <summary>Takes the silo out of the store; what it still owns is given back first.</summary>
    Task RemoveSiloAsync(Guid incarnation, CancellationToken cancellationToken);

    /// <summary>Silos that are registered, alive or not.</summary>
    Task<IReadOnlyList<SiloRecord>> ListSilosAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Makes a silo the coordinator of a sweep that nobody coordinates: raises the term and sets the state to Running.
    /// Refused, with the owner, while another silo holds it: prove that one dead and bury it first.
    /// </summary>
    Task<ActivationResult> ActivateSweepAsync(long sweepId, Guid incarnation, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a silo whose death was proved out of the store: its sweeps lose their owner, its running trials go back to Waiting
    /// (their next claim raises the attempt, so nothing it may still send has any effect). Returns how many trials were rescued.
    /// </summary>
    Task<int> BurySiloAsync(Guid incarnation, string proof, CancellationToken cancellationToken);

    /// <summary>Claims up to <paramref name="count"/> waiting trials of a sweep that are not held back, lowest number first: Running, attempt + 1, owned by the incarnation.</summary>
    Task<IReadOnlyList<ClaimedTrial>> ClaimTrialsAsync(
        long sweepId, Guid incarnation, string numericsProfile, int count, CancellationToken cancellationToken);

    Task<WriteResult> WriteAsync(OwnerUnit unit, CancellationToken cancellationToken);

    Task<WriteResult> WriteAsync(CoordinatorUnit unit, CancellationToken cancellationToken);

    /// <summary>
    /// Removes the checkpoints of trials that are over, in transactions of a bounded size, each fenced by (sweep, term). What may still go
    /// on, or be tried again, keeps its checkpoint. Returns how many were removed.
    /// </summary>
    /// <param name="kept">Numbers of the trials that keep theirs.</param>
    Task<int> PruneCheckpointsAsync(long sweepId, long term, IReadOnlyCollection<int> kept, CancellationToken cancellationToken);
}
