namespace Sweep.Store.Portable;

/// <summary>What must hold in every store, whatever happened to it: one query for each rule, which gives what breaks it.</summary>
internal static class StoreCheck
{
    private const string Trial = "'sweep ' || s.name || ': trial ' || t.number || '.' || t.replicate || ' '";
    private const string FromTrials = "FROM trials t JOIN sweeps s ON s.id = t.sweep_id";

    private static readonly string[] Rules =
    [
        $"""
        SELECT {Trial} || 'runs, but its owner is not registered' {FromTrials}
        WHERE t.state = {TrialStateSql.Running} AND (t.owner IS NULL OR NOT EXISTS (SELECT 1 FROM silos o WHERE o.incarnation = t.owner)) ORDER BY s.id, t.number, t.replicate
        """,
        """
        SELECT 'sweep ' || s.name || ': its coordinator is not registered' FROM sweeps s
        WHERE s.owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM silos o WHERE o.incarnation = s.owner) ORDER BY s.id
        """,
        $"""
        SELECT {Trial} || 'has ' || t.resource || ' epochs, but a report of epoch ' || max(r.step) {FromTrials} JOIN reports r ON r.trial_id = t.id
        WHERE r.step > t.resource GROUP BY s.id, s.name, t.number, t.replicate, t.resource ORDER BY s.id, t.number, t.replicate
        """,
        $"""
        SELECT {Trial} || 'has a checkpoint of epoch ' || c.epoch || ' with ' || (SELECT coalesce(sum(length(k.content)), 0) FROM checkpoint_chunks k WHERE k.checkpoint_id = c.id)
            || ' of ' || c.size || ' bytes' {FromTrials} JOIN checkpoints c ON c.trial_id = t.id
        WHERE c.file IS NULL AND c.size <> (SELECT coalesce(sum(length(k.content)), 0) FROM checkpoint_chunks k WHERE k.checkpoint_id = c.id)
        ORDER BY s.id, t.number, t.replicate
        """,
        $"""
        SELECT 'sweep ' || s.name || ': ' || count(DISTINCT t.number) || ' numbers of trials, but the highest is ' || max(t.number) {FromTrials}
        GROUP BY s.id, s.name HAVING max(t.number) + 1 <> count(DISTINCT t.number) ORDER BY s.id
        """,
        $"""
        SELECT {Trial} || 'is not over, but its sweep is' {FromTrials} WHERE s.state IN {SweepStateSql.Over} AND t.state IN {TrialStateSql.NotOver} ORDER BY s.id, t.number, t.replicate
        """,
        "SELECT 'a report belongs to no trial: trial id ' || r.trial_id FROM reports r WHERE NOT EXISTS (SELECT 1 FROM trials t WHERE t.id = r.trial_id) GROUP BY r.trial_id",
        "SELECT 'a checkpoint belongs to no trial: id ' || c.id FROM checkpoints c WHERE NOT EXISTS (SELECT 1 FROM trials t WHERE t.id = c.trial_id)",
        """
        SELECT 'a part of a checkpoint belongs to none: checkpoint id ' || k.checkpoint_id FROM checkpoint_chunks k
        WHERE NOT EXISTS (SELECT 1 FROM checkpoints c WHERE c.id = k.checkpoint_id) GROUP BY k.checkpoint_id
        """,
        "SELECT 'a trial belongs to no sweep: id ' || t.id FROM trials t WHERE NOT EXISTS (SELECT 1 FROM sweeps s WHERE s.id = t.sweep_id)",
    ];

    /// <summary>All that is wrong; what the database itself finds first.</summary>
    public static IReadOnlyList<string> Run(IRowReader rows)
    {
        var damage = rows.Damage();

        // In a damaged file nothing else can be relied on.
        return damage.Count > 0 ? damage : [.. Rules.SelectMany(rows.Texts)];
    }
}
