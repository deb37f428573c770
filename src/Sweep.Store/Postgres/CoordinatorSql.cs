using Npgsql;
using Sweep.Search.Trials;

namespace Sweep.Store.Postgres;

/// <summary>The statements that write coordinators' units. They follow the lock on the sweeps, and each asks for the term again.</summary>
internal static class CoordinatorSql
{
    /// <summary>The fence, for all units of a batch; what held is noted for <see cref="PostgresWriter"/>.</summary>
    private const string Lock = """
        WITH held AS (
            SELECT s.id, s.term FROM unnest($4::bigint[], $5::bigint[]) AS u(id, term) JOIN sweeps s ON s.id = u.id
            WHERE s.term = u.term AND s.owner IS NOT NULL ORDER BY s.id FOR NO KEY UPDATE OF s),
        noted AS (
            UPDATE writers SET batch = $2 / (session = $3)::int, seen = clock_timestamp(),
                sweeps = ARRAY(SELECT id FROM held ORDER BY id), terms = ARRAY(SELECT term FROM held ORDER BY id)
            WHERE id = $1)
        SELECT id, term FROM held
        """;

    private const string LockOne = "SELECT owner FROM sweeps WHERE id = $1 AND term = $2 AND owner IS NOT NULL FOR NO KEY UPDATE";

    private const string Fence = "s.id = $1 AND s.term = $2 AND s.owner IS NOT NULL";

    private const string SiloName = "coalesce((SELECT name FROM silos WHERE incarnation = s.owner), '')";

    private const string AddTrials = $"""
        INSERT INTO trials (sweep_id, number, replicate, parameters, granted, first_granted, virtual_time, last_seen, held)
        SELECT s.id, n.number, n.replicate, n.parameters, n.granted, n.granted, n.virtual_time, n.last_seen, n.held
        FROM sweeps s, unnest($3::int[], $4::int[], $5::text[], $6::int[], $7::float8[], $8::bigint[], $9::smallint[])
            WITH ORDINALITY AS n(number, replicate, parameters, granted, virtual_time, last_seen, held, place)
        WHERE {Fence} ORDER BY n.place
        """;

    private const string ReleaseTrials = $"""
        UPDATE trials t SET policy = r.policy, held = 0 FROM unnest($3::int[], $4::bytea[]) AS r(number, policy), sweeps s
        WHERE {Fence} AND t.sweep_id = s.id AND t.number = r.number AND t.held = 1
        """;

    private const string LockTrials = $"""
        SELECT t.id FROM unnest($3::bigint[]) AS d(id) JOIN trials t ON t.id = d.id JOIN sweeps s ON s.id = t.sweep_id
        WHERE {Fence} ORDER BY t.id FOR NO KEY UPDATE OF t
        """;

    private const string Decide = $"""
        WITH said AS (
            SELECT d.*, s.id AS sweep_id, {SiloName} AS silo
            FROM sweeps s, unnest($3::bigint[], $4::smallint[], $5::smallint[], $6::int[], $7::text[], $8::float8[], $9::bigint[], $10::text[], $11::text[], $12::text[])
                WITH ORDINALITY AS d(id, from_state, to_state, granted, reason, virtual_time, last_seen, parameters, kind, text, place)
            WHERE {Fence}),
        done AS (
            UPDATE trials t SET state = d.to_state, granted = d.granted, reason = d.reason, parameters = coalesce(d.parameters, t.parameters),
                finished_at = CASE WHEN d.to_state IN {TrialStateSql.Over} THEN {Sql.Now} END
            FROM said d WHERE t.id = d.id AND t.sweep_id + 0 = d.sweep_id AND t.state = d.from_state RETURNING d.place, t.number),
        kept AS (
            INSERT INTO decisions (sweep_id, trial_id, from_state, to_state, granted, virtual_time, last_seen, parameters)
            SELECT d.sweep_id, d.id, d.from_state, d.to_state, d.granted, d.virtual_time, d.last_seen, d.parameters
            FROM done JOIN said d ON d.place = done.place ORDER BY d.place)
        INSERT INTO events (sweep_id, number, at, kind, silo, text)
        SELECT d.sweep_id, done.number, {Sql.Now}, d.kind, d.silo, d.text FROM done JOIN said d ON d.place = done.place ORDER BY d.place
        """;

    private const string SetNumerics = $"UPDATE sweeps s SET numerics = $3 WHERE {Fence} AND s.numerics = ''";

    private const string AddStateEvent = $"""
        INSERT INTO events (sweep_id, at, kind, silo, text) SELECT s.id, {Sql.Now}, $3, {SiloName}, $4 FROM sweeps s WHERE {Fence}
        """;

    private const string SetState = $"""
        UPDATE sweeps s SET state = $3, state_reason = $4, finished_at = CASE WHEN $5 THEN {Sql.Now} END,
            counts = CASE WHEN $5 THEN {SweepSql.FinalCounts} END
        WHERE {Fence}
        """;

    private const string GiveUp = $"UPDATE sweeps s SET owner = NULL WHERE {Fence}";

    // What follows is for units that read before they write.
    private const string CopyCheckpoint = $"""
        WITH donor AS (SELECT * FROM checkpoints WHERE trial_id = $1 ORDER BY epoch DESC, step DESC LIMIT 1),
        head AS (
            INSERT INTO checkpoints (trial_id, epoch, step, attempt, kept, size, created_at)
            SELECT t.id, d.epoch, d.step, t.attempt, 0, d.size, {Sql.Now} FROM donor d, trials t WHERE t.id = $2
            ON CONFLICT (trial_id, epoch, step) DO NOTHING RETURNING id),
        copied AS (
            INSERT INTO checkpoint_chunks (checkpoint_id, chunk, content)
            SELECT head.id, k.chunk, k.content FROM head, donor d JOIN checkpoint_chunks k ON k.checkpoint_id = d.id)
        SELECT 1 FROM donor
        """;

    private const string DropCheckpoints = """
        WITH dropped AS (DELETE FROM checkpoints c WHERE c.trial_id = $1 AND c.kept = 0 RETURNING c.id)
        DELETE FROM checkpoint_chunks k USING dropped WHERE k.checkpoint_id = dropped.id
        """;

    private const string NoteDonor = "UPDATE decisions SET donor_id = $2 WHERE id = (SELECT max(id) FROM decisions WHERE trial_id = $1 AND sweep_id = $3)";

    private const string StateOf = "SELECT state FROM trials WHERE id = $1 AND sweep_id = $2";

    private const string SetTest = $"""
        UPDATE trials SET test_metrics = $3 WHERE id = $1 AND sweep_id = $2 AND state = {TrialStateSql.Completed} AND test_metrics IS NULL
        """;

    private const string AddTestEvent = $"""
        INSERT INTO events (sweep_id, number, at, kind, silo, text)
        SELECT s.id, t.number, {Sql.Now}, $3, {SiloName}, $4 FROM trials t JOIN sweeps s ON s.id = t.sweep_id WHERE t.id = $1 AND s.id = $2
        """;

    public static void AddLock(HotBatch batch, WriterToken token, List<CoordinatorJob> jobs)
    {
        var held = jobs.Select(job => (job.Unit.SweepId, job.Unit.Term)).Distinct().ToList();
        batch.Add(
            Lock,
            async reader =>
            {
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    batch.HoldsSweep(reader.GetInt64(0), reader.GetInt64(1));
                }
            },
            Sql.Arg(token.Writer), Sql.Arg(token.Batch), Sql.Arg(token.Session),
            Sql.Arg(held.ConvertAll(pair => pair.SweepId).ToArray()), Sql.Arg(held.ConvertAll(pair => pair.Term).ToArray()));
    }

    public static void AddWrites(HotBatch batch, CoordinatorUnit unit)
    {
        foreach (var (sql, arguments) in Statements(unit))
        {
            batch.Add(sql, arguments);
        }
    }

    /// <summary>The incarnation that holds the term, with the sweep's row locked; null when it is lost.</summary>
    public static Task<Guid?> EnterAsync(PostgresTransaction transaction, long sweepId, long term) =>
        transaction.ReadAsync(LockOne, row => (Guid?)row.Guid(0), Sql.Arg(sweepId), Sql.Arg(term));

    /// <summary>A unit with tests, exploits, or several words on one trial.</summary>
    public static async Task<WriteResult> WriteAsync(PostgresTransaction transaction, CoordinatorUnit unit)
    {
        if (await EnterAsync(transaction, unit.SweepId, unit.Term) is null)
        {
            return WriteResult.Lost;
        }

        await RunAsync(transaction, new CoordinatorUnit(unit.SweepId, unit.Term) { Trials = unit.Trials, Releases = unit.Releases });
        foreach (var decision in unit.Decisions)
        {
            await DecideAsync(transaction, unit, decision);
        }

        foreach (var test in unit.Tests)
        {
            await TestAsync(transaction, unit.SweepId, test);
        }

        await RunAsync(transaction, unit with { Trials = [], Releases = [], Decisions = [], Tests = [] });
        return WriteResult.Written;
    }

    private static async Task DecideAsync(PostgresTransaction transaction, CoordinatorUnit unit, TrialDecision decision)
    {
        var state = await transaction.ReadAsync(StateOf, row => (TrialState?)row.Int(0), Sql.Arg(decision.TrialId), Sql.Arg(unit.SweepId));
        await RunAsync(transaction, new CoordinatorUnit(unit.SweepId, unit.Term) { Decisions = [decision] });
        if (state != decision.From || decision.DonorTrialId is not { } donor)
        {
            return;
        }

        await transaction.RunAsync(NoteDonor, Sql.Arg(decision.TrialId), Sql.Arg(donor), Sql.Arg(unit.SweepId));
        await transaction.RunAsync(DropCheckpoints, Sql.Arg(decision.TrialId));
        if (await transaction.ReadAsync(CopyCheckpoint, row => row.Int(0), Sql.Arg(donor), Sql.Arg(decision.TrialId)) == 0)
        {
            throw new InvalidDataException($"trial {donor} has no checkpoint to go on from");
        }
    }

    private static async Task TestAsync(PostgresTransaction transaction, long sweepId, TrialTest test)
    {
        var metrics = StoreJson.OfMetrics(test.Metrics);
        if (await transaction.RunAsync(SetTest, Sql.Arg(test.TrialId), Sql.Arg(sweepId), Sql.Arg(metrics)) == 0)
        {
            return;
        }

        var inputs = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var before = await transaction.ReadAsync("SELECT inputs FROM sweeps WHERE id = $1", row => row.Text(0), Sql.Arg(sweepId));
        foreach (var (name, hash) in StoreJson.ToTexts(before!).Concat(test.Inputs))
        {
            inputs[name] = hash;
        }

        await transaction.RunAsync("UPDATE sweeps SET inputs = $2 WHERE id = $1", Sql.Arg(sweepId), Sql.Arg(StoreJson.OfTexts(inputs)));
        var entry = new EventEntry(EventKind.Tested, metrics);
        await transaction.RunAsync(AddTestEvent, Sql.Arg(test.TrialId), Sql.Arg(sweepId), Sql.Arg(entry.StoredKind), Sql.Arg(entry.Text));
    }

    private static async Task RunAsync(PostgresTransaction transaction, CoordinatorUnit unit)
    {
        foreach (var (sql, arguments) in Statements(unit))
        {
            await transaction.RunAsync(sql, arguments);
        }
    }

    private static IEnumerable<(string Sql, NpgsqlParameter[] Arguments)> Statements(CoordinatorUnit unit)
    {
        NpgsqlParameter[] With(params NpgsqlParameter[] more) => [Sql.Arg(unit.SweepId), Sql.Arg(unit.Term), .. more];

        if (unit.Trials.Count > 0)
        {
            yield return (AddTrials, With(
                Of(unit.Trials, trial => trial.Number), Of(unit.Trials, trial => trial.Replicate), Of(unit.Trials, trial => trial.Parameters),
                Of(unit.Trials, trial => trial.Granted), Of(unit.Trials, trial => trial.VirtualTime), Of(unit.Trials, trial => trial.LastSeen),
                Of(unit.Trials, trial => (short)(trial.IsHeld ? 1 : 0))));
        }

        if (unit.Releases.Count > 0)
        {
            yield return (ReleaseTrials, With(Of(unit.Releases, release => release.Number), Of(unit.Releases, release => release.Policy.ToArray())));
        }

        if (unit.Decisions.Count > 0)
        {
            var events = unit.Decisions.Select(EventEntry.Decided).ToList();
            yield return (LockTrials, With(Of(unit.Decisions, decision => decision.TrialId)));
            yield return (Decide, With(
                Of(unit.Decisions, decision => decision.TrialId), Of(unit.Decisions, decision => (short)decision.From),
                Of(unit.Decisions, decision => (short)decision.To), Of(unit.Decisions, decision => decision.Granted),
                Of(unit.Decisions, decision => Sql.Text(decision.Reason)), Of(unit.Decisions, decision => decision.VirtualTime),
                Of(unit.Decisions, decision => decision.LastSeen), Of(unit.Decisions, decision => decision.Parameters),
                Of(events, entry => entry.StoredKind), Of(events, entry => Sql.Text(entry.Text))));
        }

        if (unit.Numerics is { } numerics)
        {
            yield return (SetNumerics, With(Sql.Arg(numerics)));
        }

        if (unit.NewState is { } state)
        {
            var reason = Sql.Text(unit.StateReason);
            var entry = EventEntry.Set(state, reason);
            yield return (AddStateEvent, With(Sql.Arg(entry.StoredKind), Sql.Arg(entry.Text)));
            yield return (SetState, With(Sql.Arg((short)state), Sql.Arg(reason), Sql.Arg(state.IsOver())));
        }

        if (unit.Release || unit.NewState?.IsOver() == true)
        {
            yield return (GiveUp, With());
        }
    }

    private static NpgsqlParameter Of<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> read)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(items[i]);
        }

        return Sql.Arg(values);
    }
}
