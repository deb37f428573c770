using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

/// <summary>Creates sweeps, and writes what a user changes in one; <see cref="SweepTransition"/> decides what that is.</summary>
internal static class SweepChangeWrites
{
    private const string Add = $"""
        INSERT INTO sweeps (name, state, spec, spec_file, seed, search_version, maximize, inputs, created_at, priority, slot_limit, requires, poison_after, numerics)
        VALUES ($1, {SweepStateSql.Pending}, $2, $3, $4, $5, $6, $7, {Sql.Now}, $8, $9, $10, $11, $12) ON CONFLICT (name) DO NOTHING RETURNING id
        """;

    private const string StateOf = "SELECT state, more FROM sweeps WHERE id = $1 FOR NO KEY UPDATE";

    private const string LockTrials = "SELECT id FROM trials WHERE id = ANY ($1) AND sweep_id = $2 ORDER BY id FOR NO KEY UPDATE";

    private const string Retry = $"""
        UPDATE trials SET state = {TrialStateSql.Waiting}, reason = '', deaths = 0, owner = NULL, finished_at = NULL
        WHERE id = ANY ($1) AND sweep_id = $2 AND state IN {TrialStateSql.Retryable} RETURNING id
        """;

    /// <summary>Replicates that waited at a rung go on waiting there.</summary>
    private const string Reopen = $"""
        UPDATE trials SET state = {TrialStateSql.Paused}, reason = '', finished_at = NULL
        WHERE sweep_id = $2 AND state = {TrialStateSql.Pruned} AND starts_with(reason, $3)
          AND number IN (SELECT number FROM trials WHERE id = ANY ($1))
        """;

    private const string SetMore = "UPDATE sweeps SET more = $2 WHERE id = $1";

    private const string TakeAway = "UPDATE sweeps SET term = term + 1, owner = NULL WHERE id = $1";

    private const string SetState = $"""
        UPDATE sweeps SET term = term + 1, owner = NULL, state = $2, state_reason = $3, finished_at = CASE WHEN $4 THEN {Sql.Now} END, counts = NULL
        WHERE id = $1
        """;

    private const string LockLive = $"SELECT id FROM trials WHERE sweep_id = $1 AND state IN {TrialStateSql.NotOver} ORDER BY id FOR NO KEY UPDATE";

    private const string CancelTrials = $"""
        UPDATE trials SET state = {TrialStateSql.Canceled}, reason = '{SweepTransition.TrialReason}', finished_at = {Sql.Now} WHERE sweep_id = $1 AND state IN {TrialStateSql.NotOver}
        """;

    private const string Place = "UPDATE sweeps SET priority = $2, slot_limit = $3, requires = $4, poison_after = $5 WHERE id = $1";

    public static async Task<CreateResult> CreateAsync(PostgresTransaction transaction, NewSweep sweep)
    {
        var (name, placement) = (sweep.Name, sweep.Placement);
        for (var suffix = 2; ; suffix++)
        {
            var id = await transaction.ReadAsync(
                Add, row => (long?)row.Long(0),
                Sql.Arg(name), Sql.Arg(sweep.SpecText), Sql.Arg(sweep.SpecFile), Sql.Arg(sweep.Seed), Sql.Arg(sweep.SearchVersion),
                Sql.Arg((short)(sweep.Maximize ? 1 : 0)), Sql.Arg(StoreJson.OfTexts(sweep.Inputs)), Sql.Arg(placement.Priority), Sql.Arg(placement.Slots),
                Sql.Arg(placement.Requires), Sql.Arg(placement.PoisonAfter), Sql.Arg(placement.Numerics));
            if (id is not null)
            {
                await EventLog.OfSweepAsync(transaction, id.Value, new EventEntry(EventKind.Created, name));
                return new CreateResult(await transaction.ReadAsync(SweepSql.ById, SweepRows.Read, Sql.Arg(id.Value)));
            }

            if (sweep.NameIsFixed)
            {
                return new CreateResult(null);
            }

            name = $"{sweep.Name}-{suffix}";
        }
    }

    public static async Task<SweepChangeResult?> ChangeAsync(PostgresTransaction transaction, long sweepId, SweepChange change)
    {
        if (await FindAsync(transaction, sweepId) is not { State: var state })
        {
            return null;
        }

        if (SweepTransition.Of(state, change) is not { } transition)
        {
            return new SweepChangeResult(state, 0);
        }

        var canceled = await ApplyAsync(transaction, sweepId, transition);
        if (transition.CancelsTrials)
        {
            await transaction.RunAsync(SweepSql.KeepCounts, Sql.Arg(sweepId));
        }

        return new SweepChangeResult(transition.State, canceled);
    }

    public static async Task<SweepChangeResult> RetryAsync(PostgresTransaction transaction, long sweepId, IReadOnlyCollection<long> trialIds)
    {
        var state = (await RequireAsync(transaction, sweepId)).State;
        await transaction.RunAsync(LockTrials, Sql.Arg(trialIds.ToArray()), Sql.Arg(sweepId));
        var retried = (await transaction.ReadAllAsync(Retry, row => row.Long(0), Sql.Arg(trialIds.ToArray()), Sql.Arg(sweepId))).ToHashSet();
        if (retried.Count == 0)
        {
            return new SweepChangeResult(state, 0);
        }

        await transaction.RunAsync(Reopen, Sql.Arg(retried.ToArray()), Sql.Arg(sweepId), Sql.Arg(Sql.SiblingPrefix));
        await EventLog.OfTrialsAsync(transaction, [.. trialIds.Where(retried.Contains).Distinct().Select(id => (id, new EventEntry(EventKind.Retried)))]);
        return new SweepChangeResult(await ApplyAsync(transaction, sweepId, state, SweepTransition.Retry(state, retried.Count)), retried.Count);
    }

    public static async Task<SweepChangeResult> ExtendAsync(PostgresTransaction transaction, long sweepId, int more)
    {
        var (state, before) = await RequireAsync(transaction, sweepId);
        await transaction.RunAsync(SetMore, Sql.Arg(sweepId), Sql.Arg(StoreJson.OfValues([.. StoreJson.ToValues(before), more])));
        await EventLog.OfSweepAsync(transaction, sweepId, new EventEntry(EventKind.Extended, $"{more} trials more"));
        return new SweepChangeResult(await ApplyAsync(transaction, sweepId, state, SweepTransition.Extend(state, more)), more);
    }

    public static async Task<bool> PlaceAsync(PostgresTransaction transaction, long sweepId, SweepPlacement placement) => await transaction.RunAsync(
        Place, Sql.Arg(sweepId), Sql.Arg(placement.Priority), Sql.Arg(placement.Slots), Sql.Arg(placement.Requires), Sql.Arg(placement.PoisonAfter)) > 0;

    /// <summary>Takes the sweep from everybody who works on it, for good; false when there is none.</summary>
    public static async Task<bool> BeginDeleteAsync(PostgresTransaction transaction, long sweepId)
    {
        if (await FindAsync(transaction, sweepId) is null)
        {
            return false;
        }

        await ApplyAsync(transaction, sweepId, SweepTransition.Delete);
        return true;
    }

    /// <summary>Takes the sweep from its coordinator and sets its state; returns how many trials were canceled.</summary>
    private static async Task<int> ApplyAsync(PostgresTransaction transaction, long sweepId, SweepTransition transition)
    {
        await transaction.RunAsync(
            SetState, Sql.Arg(sweepId), Sql.Arg((short)transition.State), Sql.Arg(transition.Event.Text), Sql.Arg(transition.State.IsOver()));
        await EventLog.OfSweepAsync(transaction, sweepId, transition.Event);
        if (!transition.CancelsTrials)
        {
            return 0;
        }

        await transaction.RunAsync(LockLive, Sql.Arg(sweepId));
        return await transaction.RunAsync(CancelTrials, Sql.Arg(sweepId));
    }

    private static async Task<SweepState> ApplyAsync(PostgresTransaction transaction, long sweepId, SweepState state, SweepTransition? transition)
    {
        if (transition is null)
        {
            await transaction.RunAsync(TakeAway, Sql.Arg(sweepId));
            return state;
        }

        await ApplyAsync(transaction, sweepId, transition);
        return transition.State;
    }

    private static async Task<Standing> RequireAsync(PostgresTransaction transaction, long sweepId) =>
        await FindAsync(transaction, sweepId) ?? throw new NotFoundException($"there is no sweep {sweepId} any more");

    private static Task<Standing?> FindAsync(PostgresTransaction transaction, long sweepId) =>
        transaction.ReadAsync(StateOf, row => new Standing((SweepState)row.Int(0), row.Text(1)), Sql.Arg(sweepId));

    private sealed record Standing(SweepState State, string More);
}
