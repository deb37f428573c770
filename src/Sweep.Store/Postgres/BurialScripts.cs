using Sweep.Search.Trials;

namespace Sweep.Store.Postgres;

/// <summary>Takes silos out of the store, and frees what they own.</summary>
internal static class BurialScripts
{
    /// <summary>Waits for claims and activations of the silo that are under way; those that come later find no silo.</summary>
    private const string Lock = """
        SELECT name, lease_until < clock_timestamp() AND pg_postmaster_start_time() < clock_timestamp() - lease_ms * interval '1 millisecond'
        FROM silos WHERE incarnation = $1 FOR UPDATE
        """;

    private const string OwnedSweeps = "SELECT id FROM sweeps WHERE owner = $1 ORDER BY id FOR NO KEY UPDATE";

    /// <summary>The numbers of the index <c>trials_running</c>.</summary>
    public const string OwnedTrials = $"""
        SELECT t.id, t.deaths, t.progressed, s.poison_after FROM trials t JOIN sweeps s ON s.id = t.sweep_id
        WHERE t.owner = $1 AND t.state = {TrialStateSql.Running} ORDER BY t.id FOR NO KEY UPDATE OF t
        """;

    private const string FreeTrials = $"""
        UPDATE trials t SET state = f.state, deaths = f.deaths, reason = f.reason, finished_at = CASE WHEN f.state = {TrialStateSql.Poisoned} THEN {Sql.Now} END
        FROM unnest($1::bigint[], $2::smallint[], $3::int[], $4::text[]) AS f(id, state, deaths, reason) WHERE t.id = f.id AND t.state = {TrialStateSql.Running}
        """;

    private const string FreeSweeps = "UPDATE sweeps SET owner = NULL WHERE owner = $1";
    private const string ForgetRefusals = "DELETE FROM refusals WHERE incarnation = $1";
    private const string Remove = "DELETE FROM silos WHERE incarnation = $1";

    /// <summary>Of a silo that leaves.</summary>
    public static async Task<bool> LeaveAsync(PostgresTransaction transaction, Guid silo)
    {
        await TakeOutAsync(transaction, silo, EventKind.Released, "", proof: null, onlyExpired: false);
        return true;
    }

    /// <summary>Of a silo that was proved dead; returns how many trials wait again.</summary>
    public static async Task<int> OfDeadAsync(PostgresTransaction transaction, Guid silo, string proof) =>
        await TakeOutAsync(transaction, silo, EventKind.Rescued, proof, proof, onlyExpired: false) ?? 0;

    /// <summary>Of a silo that was not heard of for its lease; null while that holds, or the server has not been up for as long.</summary>
    public static Task<int?> OfExpiredAsync(PostgresTransaction transaction, Guid silo) =>
        TakeOutAsync(transaction, silo, EventKind.Rescued, "not heard of for its lease", proof: null, onlyExpired: true);

    /// <summary>Frees what the silo owns, and takes it out; returns how many trials wait again, or null when it may not be.</summary>
    /// <param name="kind">The event written for each sweep and trial freed.</param>
    /// <param name="proof">Of its death; null when there is none.</param>
    private static async Task<int?> TakeOutAsync(PostgresTransaction transaction, Guid silo, EventKind kind, string text, string? proof, bool onlyExpired)
    {
        var found = await transaction.ReadAllAsync(Lock, row => (Name: row.Text(0), IsExpired: row.Bool(1)), Sql.Arg(silo));
        if (found.Count == 0)
        {
            return 0;
        }

        if (onlyExpired && !found[0].IsExpired)
        {
            return null;
        }

        var freed = EventEntry.Freed(kind, found[0].Name, text);
        foreach (var sweep in await transaction.ReadAllAsync(OwnedSweeps, row => row.Long(0), Sql.Arg(silo)))
        {
            await EventLog.OfSweepAsync(transaction, sweep, freed);
        }

        var trials = await transaction.ReadAllAsync(
            OwnedTrials,
            row => (Id: row.Long(0), Burial: proof is null
                ? Burial.OfLoss(row.Int(1))
                : Burial.OfDeath(row.Int(1), row.Int(2) != 0, row.Int(3), proof)),
            Sql.Arg(silo));
        if (trials.Count > 0)
        {
            await EventLog.OfTrialsAsync(transaction, trials.ConvertAll(t => (t.Id, t.Burial.State == TrialState.Poisoned ? freed with { Kind = EventKind.Poisoned } : freed)));
            await transaction.RunAsync(
                FreeTrials,
                Sql.Arg(trials.ConvertAll(t => t.Id).ToArray()), Sql.Arg(trials.ConvertAll(t => (short)t.Burial.State).ToArray()),
                Sql.Arg(trials.ConvertAll(t => t.Burial.Deaths).ToArray()), Sql.Arg(trials.ConvertAll(t => Sql.Text(t.Burial.Reason)).ToArray()));
        }

        foreach (var sql in (string[])[FreeSweeps, ForgetRefusals, Remove])
        {
            await transaction.RunAsync(sql, Sql.Arg(silo));
        }

        return trials.Count(t => t.Burial.State == TrialState.Waiting);
    }
}
