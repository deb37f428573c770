using Npgsql;
using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

/// <summary>Claims: in the batch when all that is claimed is fresh, in a transaction of their own when something of it was begun.</summary>
internal static class ClaimSql
{
    /// <summary>Who takes the silo out of the store waits for the claim, and then finds what it claimed.</summary>
    public const string HoldSilo = "SELECT incarnation FROM silos WHERE incarnation = ANY ($1) ORDER BY incarnation FOR KEY SHARE";

    /// <summary>Claims of a sweep with a limit come one after the other, so that each counts those before it.</summary>
    public const string HoldLimit = $"""
        SELECT pg_advisory_xact_lock({Sql.SweepLock}l.id)) FROM (
            SELECT id FROM sweeps WHERE id = ANY ($1) AND slot_limit IS NOT NULL ORDER BY id) l
        """;

    /// <summary>How many the silo $2 may claim of the sweep $1, at most $3.</summary>
    private const string Free = $"""
        coalesce((
            SELECT CASE WHEN s.slot_limit IS NULL THEN $3
                ELSE greatest(0, least($3, s.slot_limit - (SELECT count(*) FROM trials r WHERE r.sweep_id = $1 AND r.state = {TrialStateSql.Running}))) END
            FROM sweeps s WHERE s.id = $1 AND s.state = {SweepStateSql.Running} AND EXISTS (SELECT 1 FROM silos o WHERE o.incarnation = $2)), 0)
        """;

    /// <summary>The rows, locked, lowest number first; what another claim holds at this moment is passed over.</summary>
    public const string Waiting = $"""
        SELECT id, attempt, resource FROM trials WHERE sweep_id = $1 AND {Sql.Claimable} ORDER BY {Sql.ByNumber}
        LIMIT {Free} FOR NO KEY UPDATE SKIP LOCKED
        """;

    /// <inheritdoc cref="Waiting"/>
    public const string Suspects = $"""
        SELECT id, attempt, resource FROM trials WHERE sweep_id = $1 AND {Sql.Suspect} ORDER BY {Sql.ByNumber}
        LIMIT {Free} FOR NO KEY UPDATE SKIP LOCKED
        """;

    private const string Take = $"""
        state = {TrialStateSql.Running}, attempt = t.attempt + 1, owner = $2, numerics_profile = $4, claimed_at = {Sql.Now}, progressed = 0, reason = ''
        """;

    /// <summary>Claims nothing, and says so with 1, when one of them was begun. A row without a trial comes when nothing is claimed.</summary>
    private const string ClaimFresh = $"""
        WITH waiting AS MATERIALIZED ({Waiting}),
        begun AS MATERIALIZED (SELECT count(*) AS n FROM waiting WHERE attempt > 0),
        claimed AS (
            UPDATE trials t SET {Take} FROM waiting w, begun b WHERE t.id = w.id AND b.n = 0 RETURNING {TrialRows.Columns}, t.policy)
        SELECT {TrialRows.Columns}, t.policy, b.n FROM begun b LEFT JOIN claimed t ON true
        """;

    /// <summary>The newest checkpoint of each, and the report at its epoch.</summary>
    private const string Restored = $"""
        SELECT c.id, c.epoch, c.step, c.size, w.id, {HistoryRows.Report}
        FROM unnest($1::bigint[]) AS w(id)
        LEFT JOIN LATERAL (SELECT * FROM checkpoints k WHERE k.trial_id = w.id ORDER BY k.epoch DESC, k.step DESC LIMIT 1) c ON true
        LEFT JOIN reports r ON r.trial_id = w.id AND r.step = c.epoch
        """;

    private const string Chunks = "SELECT content FROM checkpoint_chunks WHERE checkpoint_id = $1 ORDER BY chunk";

    private const string DropReports = "DELETE FROM reports r USING unnest($1::bigint[], $2::int[]) AS w(id, epoch) WHERE r.trial_id = w.id AND r.step > w.epoch";

    private const string GoBack = """
        UPDATE trials t SET resource = w.epoch, rank_resource = w.epoch, objectives = w.objectives,
            rank_cost = coalesce(CASE WHEN (SELECT maximize FROM sweeps s WHERE s.id = t.sweep_id) = 1 THEN -w.value ELSE w.value END, 'Infinity'),
            seconds = coalesce((SELECT sum(r.seconds) FROM reports r WHERE r.trial_id = w.id), 0)
        FROM unnest($1::bigint[], $2::int[], $3::text[], $4::float8[]) AS w(id, epoch, objectives, value) WHERE t.id = w.id
        """;

    private const string Claim = $"UPDATE trials t SET {Take} WHERE t.id = ANY ($1) AND t.state = {TrialStateSql.Waiting} RETURNING {TrialRows.Columns}, t.policy";

    public static void AddLocks(HotBatch batch, List<ClaimGroup> groups)
    {
        batch.Add(HoldSilo, Skip, Sql.Arg(groups.Select(group => group.Key.Silo).Distinct().ToArray()));
        batch.Add(HoldLimit, Skip, Sql.Arg(groups.Select(group => group.Key.SweepId).Distinct().ToArray()));
    }

    public static void AddClaims(HotBatch batch, List<ClaimGroup> groups)
    {
        foreach (var group in groups)
        {
            batch.Add(
                ClaimFresh,
                async reader =>
                {
                    var row = new PostgresRow(reader);
                    while (await reader.ReadAsync(CancellationToken.None))
                    {
                        group.WasBegun = reader.GetInt64(TrialRows.ColumnCount + 1) > 0;
                        if (!reader.IsDBNull(0))
                        {
                            group.Claimed.Add(ReadClaimed(row));
                        }
                    }
                },
                Sql.Arg(group.Key.SweepId), Sql.Arg(group.Key.Silo), Sql.Arg(group.Count), Sql.Arg(group.Key.NumericsProfile));
        }
    }

    /// <summary>Claims what was begun too: takes the row and the reports back to the checkpoint; what came after it is trained, and reported, again.</summary>
    /// <param name="waiting"><see cref="Waiting"/> or <see cref="Suspects"/>.</param>
    public static async Task<IReadOnlyList<ClaimedTrial>> ClaimAsync(PostgresTransaction transaction, string waiting, ClaimKey key, int count)
    {
        await transaction.RunAsync(HoldSilo, Sql.Arg(new[] { key.Silo }));
        await transaction.RunAsync(HoldLimit, Sql.Arg(new[] { key.SweepId }));
        var rows = await transaction.ReadAllAsync(
            waiting, row => (Id: row.Long(0), IsBegun: row.Int(1) > 0, Resource: row.Int(2)), Sql.Arg(key.SweepId), Sql.Arg(key.Silo), Sql.Arg(count));
        if (rows.Count == 0)
        {
            return [];
        }

        var restored = await RestoreAsync(transaction, [.. rows.Where(row => row.IsBegun).Select(row => row.Id)]);
        var claimed = await transaction.ReadAllAsync(
            Claim, ReadClaimed, Sql.Arg(rows.ConvertAll(row => row.Id).ToArray()), Sql.Arg(key.Silo), Sql.Arg(0), Sql.Arg(key.NumericsProfile));
        for (var i = 0; i < claimed.Count; i++)
        {
            if (restored.TryGetValue(claimed[i].Trial.Id, out var position))
            {
                claimed[i] = claimed[i] with { Checkpoint = position.Checkpoint, LastReport = position.Report };
            }
        }

        claimed.Sort(ClaimGroup.ByPlace);
        var before = rows.ToDictionary(row => row.Id, row => row.Resource);
        await EventLog.OfTrialsAsync(transaction, [.. claimed.Where(row => restored.ContainsKey(row.Trial.Id))
            .Select(row => (row.Trial.Id, EventEntry.Claimed(row.Trial, before[row.Trial.Id] - row.Trial.Resource)))]);
        return claimed;
    }

    private static async Task<Dictionary<long, (Checkpoint? Checkpoint, ReportRecord? Report)>> RestoreAsync(PostgresTransaction transaction, long[] ids)
    {
        if (ids.Length == 0)
        {
            return [];
        }

        var rows = await transaction.ReadAllAsync(
            Restored,
            row => (
                Trial: row.Long(4),
                Head: row.IsNull(0) ? null : new CheckpointHead(row.Long(0), row.Int(1), row.Long(2), row.Long(3)),
                Report: row.IsNull(5) ? null : HistoryRows.ReadReport(row, 5)),
            Sql.Arg(ids));
        var restored = new Dictionary<long, (Checkpoint?, ReportRecord?)>();
        foreach (var (trial, head, report) in rows)
        {
            var content = head is null ? [] : await transaction.ReadAllAsync(Chunks, row => row.Bytes(0), Sql.Arg(head.Id));
            restored.Add(trial, (head?.Join(content), report));
        }

        var trials = rows.ConvertAll(row => row.Trial).ToArray();
        var epochs = rows.ConvertAll(row => row.Head?.Epoch ?? 0).ToArray();
        await transaction.RunAsync(DropReports, Sql.Arg(trials), Sql.Arg(epochs));
        await transaction.RunAsync(
            GoBack, Sql.Arg(trials), Sql.Arg(epochs),
            Sql.Arg(rows.ConvertAll(row => StoreJson.OfValues(row.Report?.Values ?? [])).ToArray()),
            Sql.Arg(rows.ConvertAll(row => row.Report is { Values.Count: > 0 } report ? Sql.Finite(report.Values[0]) : null).ToArray()));
        return restored;
    }

    private static ClaimedTrial ReadClaimed(PostgresRow row) => new(
        TrialRows.Read(row) with { Policy = row.IsNull(TrialRows.ColumnCount) ? default : row.Bytes(TrialRows.ColumnCount) },
        Checkpoint: null,
        LastReport: null);

    private static async Task Skip(NpgsqlDataReader reader)
    {
        while (await reader.ReadAsync(CancellationToken.None))
        {
        }
    }
}
