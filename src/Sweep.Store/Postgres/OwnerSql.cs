using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>The statements that write owners' units, each for all of a batch. They follow the lock: what it did not find is left out by each.</summary>
internal static class OwnerSql
{
    /// <summary>Said so that the index of running trials does not answer it: the server would walk all that runs for each unit, where the id is at hand.</summary>
    private const string IsRunning = $"t.state + 0 = {TrialStateSql.Running}";

    /// <summary>
    /// The fence: locks the rows in the order of their ids, as everybody does, and notes for <see cref="PostgresWriter"/> which were still theirs.
    /// </summary>
    public const string Lock = $"""
        WITH held AS (
            SELECT t.id, t.attempt FROM unnest($4::bigint[], $5::int[]) AS u(id, attempt) JOIN trials t ON t.id = u.id
            WHERE t.attempt = u.attempt AND {IsRunning} ORDER BY t.id FOR NO KEY UPDATE OF t),
        noted AS (
            UPDATE writers SET batch = $2 / (session = $3)::int, seen = clock_timestamp(),
                trials = ARRAY(SELECT id FROM held ORDER BY id), attempts = ARRAY(SELECT attempt FROM held ORDER BY id)
            WHERE id = $1)
        SELECT id, attempt FROM held
        """;

    public const string AddReports = $"""
        INSERT INTO reports (trial_id, step, attempt, objectives, metrics, learning_rate, seconds, experiences)
        SELECT t.id, r.step, r.attempt, r.objectives, r.metrics, r.learning_rate, r.seconds, r.experiences
        FROM unnest($1::bigint[], $2::int[], $3::int[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::bytea[])
            AS r(trial_id, step, attempt, objectives, metrics, learning_rate, seconds, experiences)
        JOIN trials t ON t.id = r.trial_id WHERE t.attempt = r.attempt AND {IsRunning}
        """;

    private const string DropCheckpoints = $"""
        WITH dropped AS (
            DELETE FROM checkpoints c USING unnest($1::bigint[], $2::int[], $3::bool[]) AS u(id, attempt, whole), trials t
            WHERE c.trial_id = u.id AND (c.kept = 0 OR u.whole) AND t.id = u.id AND t.attempt = u.attempt AND {IsRunning}
            RETURNING c.id)
        DELETE FROM checkpoint_chunks k USING dropped WHERE k.checkpoint_id = dropped.id
        """;

    /// <summary>A checkpoint of one position has one content: where the best stands there already, it stays.</summary>
    private const string AddCheckpoint = $"""
        WITH head AS (
            INSERT INTO checkpoints (trial_id, epoch, step, attempt, kept, size, created_at)
            SELECT t.id, $3, $4, t.attempt, $5, $6, {Sql.Now} FROM trials t WHERE t.id = $1 AND t.attempt = $2 AND {IsRunning}
            ON CONFLICT (trial_id, epoch, step) DO NOTHING RETURNING id)
        INSERT INTO checkpoint_chunks (checkpoint_id, chunk, content)
        SELECT head.id, n, substring($7::bytea FROM n * {Sql.ChunkBytesText} + 1 FOR {Sql.ChunkBytesText}) FROM head, generate_series(0, $8) AS n
        """;

    private const string AddEvents = $"""
        INSERT INTO events (sweep_id, number, at, kind, silo, text)
        SELECT t.sweep_id, t.number, {Sql.Now}, e.kind, coalesce((SELECT name FROM silos WHERE incarnation = t.owner), ''), e.text
        FROM unnest($1::bigint[], $2::int[], $3::text[], $4::text[]) WITH ORDINALITY AS e(id, attempt, kind, text, place)
        JOIN trials t ON t.id = e.id WHERE t.attempt = e.attempt AND {IsRunning} ORDER BY e.place
        """;

    public const string Update = $"""
        UPDATE trials t SET
            resource = coalesce(u.step, t.resource),
            rank_resource = CASE WHEN u.state IS NULL THEN coalesce(u.step, t.rank_resource) ELSE coalesce(u.rank_resource, u.step, t.resource) END,
            objectives = coalesce(u.objectives, t.objectives),
            seconds = t.seconds + u.seconds,
            rank_cost = CASE WHEN u.step IS NULL THEN t.rank_cost
                ELSE coalesce(CASE WHEN (SELECT maximize FROM sweeps s WHERE s.id = t.sweep_id) = 1 THEN -u.value ELSE u.value END, 'Infinity') END,
            progressed = CASE WHEN u.progressed THEN 1 ELSE t.progressed END,
            deaths = CASE WHEN u.progressed THEN 0 ELSE t.deaths END,
            state = coalesce(u.state, t.state),
            reason = coalesce(u.reason, t.reason),
            finished_at = CASE WHEN u.state IN {TrialStateSql.Over} THEN {Sql.Now} END
        FROM unnest($1::bigint[], $2::int[], $3::int[], $4::text[], $5::float8[], $6::float8[], $7::bool[], $8::smallint[], $9::text[], $10::int[])
            AS u(id, attempt, step, objectives, seconds, value, progressed, state, reason, rank_resource)
        WHERE t.id = u.id AND t.attempt = u.attempt AND {IsRunning}
        """;

    public static void AddLock(HotBatch batch, WriterToken token, List<OwnerGroup> groups)
    {
        batch.Add(
            Lock,
            async reader =>
            {
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    batch.Holds(reader.GetInt64(0), reader.GetInt32(1));
                }
            },
            Sql.Arg(token.Writer), Sql.Arg(token.Batch), Sql.Arg(token.Session), Ids(groups), Attempts(groups));
    }

    public static void AddWrites(HotBatch batch, List<OwnerGroup> groups)
    {
        var reports = groups.SelectMany(group => group.Reports).ToList();
        if (reports.Count > 0)
        {
            batch.Add(
                AddReports,
                Sql.Arg(reports.ConvertAll(job => job.Unit.TrialId).ToArray()),
                Sql.Arg(reports.ConvertAll(job => job.Unit.Report!.Step).ToArray()),
                Sql.Arg(reports.ConvertAll(job => job.Unit.Attempt).ToArray()),
                Sql.Arg(reports.ConvertAll(job => job.Values).ToArray()),
                Sql.Arg(reports.ConvertAll(job => job.Metrics).ToArray()),
                Sql.Arg(reports.ConvertAll(job => Sql.Finite(job.Unit.Report!.LearningRate) + 0.0).ToArray()),
                Sql.Arg(reports.ConvertAll(job => job.Unit.Report!.Seconds).ToArray()),
                Sql.Arg(reports.ConvertAll(job => job.Unit.Report!.Experiences is { IsEmpty: false } experiences ? experiences.ToArray() : null).ToArray()));
        }

        AddCheckpoints(batch, groups.FindAll(group => group.HasCheckpoint));
        var events = groups.FindAll(group => group.Event is not null);
        if (events.Count > 0)
        {
            batch.Add(
                AddEvents, Ids(events), Attempts(events),
                Sql.Arg(events.ConvertAll(group => group.Event!.StoredKind).ToArray()),
                Sql.Arg(events.ConvertAll(group => Sql.Text(group.Event!.Text)).ToArray()));
        }

        AddUpdate(batch, groups);
    }

    private static void AddCheckpoints(HotBatch batch, List<OwnerGroup> groups)
    {
        if (groups.Count == 0)
        {
            return;
        }

        batch.Add(DropCheckpoints, Ids(groups), Attempts(groups), Sql.Arg(groups.ConvertAll(group => group.DropsBest).ToArray()));
        foreach (var group in groups)
        {
            foreach (var checkpoint in group.Checkpoints)
            {
                batch.Add(
                    AddCheckpoint,
                    Sql.Arg(group.TrialId), Sql.Arg(group.Attempt), Sql.Arg(checkpoint.Epoch), Sql.Arg(checkpoint.Step),
                    Sql.Arg((short)(checkpoint.IsBest ? 1 : 0)), Sql.Arg((long)checkpoint.Content.Length), Sql.Arg(checkpoint.Content),
                    Sql.Arg((checkpoint.Content.Length - 1) / Sql.ChunkBytes));
            }
        }
    }

    private static void AddUpdate(HotBatch batch, List<OwnerGroup> groups) => batch.Add(
        Update, Ids(groups), Attempts(groups),
        Sql.Arg(groups.ConvertAll(group => group.Reports.Count > 0 ? group.Reports[^1].Unit.Report!.Step : (int?)null).ToArray()),
        Sql.Arg(groups.ConvertAll(group => group.Reports.Count > 0 ? group.Reports[^1].Values : null).ToArray()),
        Sql.Arg(groups.ConvertAll(group => group.Seconds).ToArray()),
        Sql.Arg(groups.ConvertAll(group =>
            group.Reports.Count > 0 && group.Reports[^1].Unit.Report!.Values is { Count: > 0 } values ? Sql.Finite(values[0]) : null).ToArray()),
        Sql.Arg(groups.ConvertAll(group => group.HasCheckpoint).ToArray()),
        Sql.Arg(groups.ConvertAll(group => (short?)group.Outcome?.State).ToArray()),
        Sql.Arg(groups.ConvertAll(group => group.Outcome is { } outcome ? Sql.Text(outcome.Reason) : null).ToArray()),
        Sql.Arg(groups.ConvertAll(group => group.Outcome?.RankResource).ToArray()));

    private static NpgsqlParameter Ids(List<OwnerGroup> groups) => Sql.Arg(groups.ConvertAll(group => group.TrialId).ToArray());

    private static NpgsqlParameter Attempts(List<OwnerGroup> groups) => Sql.Arg(groups.ConvertAll(group => group.Attempt).ToArray());
}
