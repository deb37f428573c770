using Sweep.Grains.Storage;
using Sweep.Silo.Leases;

namespace Sweep.Silo.Hosting;

/// <summary>Takes sweeps from owners whose death is proved.</summary>
public static class DeadOwners
{
    /// <summary>Buries a sweep's owner; returns the proof and how many trials were rescued.</summary>
    /// <exception cref="SweepOwnedException">It lives, or cannot be proved dead.</exception>
    public static async Task<(string Proof, int Rescued)> BuryAsync(
        ISiloStore store, string sweep, SiloRecord owner, ProcessIdentity prover, CancellationToken cancellationToken)
    {
        var proof = DeathProof.Of(owner.Process, prover, isStoreLocal: true, new ProcessTable());
        return proof.IsProved
            ? (proof.Reason, await store.BurySiloAsync(owner.Incarnation, proof.Reason, cancellationToken))
            : throw new SweepOwnedException(sweep, owner);
    }
}
