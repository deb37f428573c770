namespace Sweep.Store.Postgres;

/// <summary>A claim, queued. Those of one silo on one sweep are answered together.</summary>
internal sealed class ClaimJob(ClaimKey key, int count, CancellationToken cancellationToken) : WriteJob<IReadOnlyList<ClaimedTrial>>(cancellationToken)
{
    public ClaimKey Key => key;

    public int Count => count;
}

/// <summary>Who claims of which sweep.</summary>
internal sealed record ClaimKey(long SweepId, Guid Silo, string NumericsProfile);
