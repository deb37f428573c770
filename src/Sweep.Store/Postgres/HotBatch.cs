using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>
/// What is written as one transaction in one round trip: the statements go out together, and the server commits behind the last, or undoes all.
/// Rows are locked in one order: silos, limits, sweeps by id, trials by id; claims come last, and wait for no trial.
/// </summary>
internal sealed class HotBatch
{
    private readonly List<(NpgsqlBatchCommand Command, Func<NpgsqlDataReader, Task>? Read)> statements = [];
    private readonly Dictionary<(long Trial, int Attempt), OwnerGroup> owners = [];
    private readonly Dictionary<ClaimKey, ClaimGroup> claims = [];
    private readonly List<CoordinatorJob> coordinators = [];
    private readonly HashSet<(long Sweep, long Term)> heldSweeps = [];

    public HotBatch(IEnumerable<WriteJob> jobs)
    {
        foreach (var job in jobs)
        {
            switch (job)
            {
                case OwnerJob owner:
                    var attempt = (owner.Unit.TrialId, owner.Unit.Attempt);
                    if (!owners.TryGetValue(attempt, out var group))
                    {
                        owners.Add(attempt, group = new OwnerGroup(owner.Unit.TrialId, owner.Unit.Attempt));
                    }

                    group.Add(owner);
                    break;

                case ClaimJob claim:
                    if (!claims.TryGetValue(claim.Key, out var claimed))
                    {
                        claims.Add(claim.Key, claimed = new ClaimGroup(claim.Key));
                    }

                    claimed.Jobs.Add(claim);
                    break;

                case CoordinatorJob coordinator:
                    coordinators.Add(coordinator);
                    break;

                default:
                    throw new ArgumentException($"{job.GetType().Name} is not written in a batch", nameof(jobs));
            }
        }
    }

    /// <summary>Claims that have to be made in transactions of their own, after this one.</summary>
    public IEnumerable<ClaimGroup> Begun => claims.Values.Where(group => group.WasBegun);

    public void Add(string sql, params NpgsqlParameter[] arguments) => Add(sql, read: null, arguments);

    /// <summary>Adds a statement.</summary>
    /// <param name="read">Of a statement that returns rows; null for one that does not.</param>
    public void Add(string sql, Func<NpgsqlDataReader, Task>? read, params NpgsqlParameter[] arguments)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(arguments);
        statements.Add((command, read));
    }

    public void Holds(long trial, int attempt) => owners[(trial, attempt)].IsHeld = true;

    public void HoldsSweep(long sweep, long term) => heldSweeps.Add((sweep, term));

    /// <summary>Sends it, and waits until it is durable.</summary>
    public async Task CommitAsync(NpgsqlConnection connection, WriterToken token)
    {
        Build(token);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var (command, _) in statements)
        {
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        var isFirst = true;
        foreach (var (_, read) in statements)
        {
            if (read is not null)
            {
                if (!isFirst)
                {
                    await reader.NextResultAsync(CancellationToken.None);
                }

                isFirst = false;
                await read(reader);
            }
        }

        // The commit's own outcome comes behind the last result.
        while (await reader.NextResultAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>It is durable, and its results are known.</summary>
    public void Complete()
    {
        CompleteWrites();
        foreach (var group in claims.Values)
        {
            if (!group.WasBegun)
            {
                group.Complete();
            }
        }
    }

    /// <summary>It is durable, but its answer was lost: what was noted with it tells which writes held.</summary>
    public void CompleteFrom(WriterRecord record)
    {
        foreach (var attempt in record.Trials)
        {
            if (owners.TryGetValue(attempt, out var group))
            {
                group.IsHeld = true;
            }
        }

        heldSweeps.UnionWith(record.Sweeps);
        CompleteWrites();
        foreach (var group in claims.Values)
        {
            group.CompleteWithNothing();
        }
    }

    private void CompleteWrites()
    {
        foreach (var group in owners.Values)
        {
            group.Complete();
        }

        foreach (var job in coordinators)
        {
            job.Succeed(heldSweeps.Contains((job.Unit.SweepId, job.Unit.Term))
                ? WriteResult.Written
                : WriteResult.Lost);
        }
    }

    private void Build(WriterToken token)
    {
        var claimed = claims.Values.ToList();
        var owned = owners.Values.ToList();
        if (claimed.Count > 0)
        {
            ClaimSql.AddLocks(this, claimed);
        }

        if (coordinators.Count > 0)
        {
            CoordinatorSql.AddLock(this, token, coordinators);
        }

        if (owned.Count > 0)
        {
            OwnerSql.AddLock(this, token, owned);
            OwnerSql.AddWrites(this, owned);
        }

        coordinators.ForEach(job => CoordinatorSql.AddWrites(this, job.Unit));
        ClaimSql.AddClaims(this, claimed);
        if (owned.Count + coordinators.Count == 0)
        {
            Add(WriterRecord.Note, Sql.Arg(token.Writer), Sql.Arg(token.Batch), Sql.Arg(token.Session));
        }
    }
}
