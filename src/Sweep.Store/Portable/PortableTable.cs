namespace Sweep.Store.Portable;

/// <summary>A table of a sweep's, as far as it goes with the sweep from one store to another: not who owns it here.</summary>
/// <param name="Name">The same in every store.</param>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Filter">Picks the rows of the sweep that <c>{0}</c> stands for.</param>
/// <param name="Order">By which they are read; parents come before their children.</param>
internal sealed record PortableTable(string Name, IReadOnlyList<PortableColumn> Columns, string Filter, string Order)
{
    private const string OfTrials = "trial_id IN (SELECT id FROM trials WHERE sweep_id = {0})";

    /// <summary>All of them, each after those that it refers to.</summary>
    public static IReadOnlyList<PortableTable> All { get; } =
    [
        new(
            "sweeps",
            [
                Id(), Text("name"), Whole("state"), Text("state_reason"), Text("spec"), Text("spec_file"), Whole("seed"), Whole("search_version"), Whole("maximize"),
                Text("inputs"), Whole("term"), Whole("priority"), Whole("slot_limit"), Whole("created_at"), Whole("finished_at"), Text("more"), Text("requires"),
                Whole("poison_after"), Text("numerics"),
            ],
            "id = {0}",
            "id"),
        new(
            "trials",
            [
                Id(), Reference("sweep_id", "sweeps"), Whole("number"), Whole("replicate"),

                // What runs is not handed over: it waits to go on from its checkpoint.
                Whole("state") with { Sql = $"CASE WHEN state = {TrialStateSql.Running} THEN {TrialStateSql.Waiting} ELSE state END" },
                Text("reason"), Whole("attempt"), Whole("deaths"), Whole("granted"), Whole("resource"), Whole("rank_resource"),
                new("rank_cost", PortableKind.RealOrInfinite), Text("objectives"), Real("seconds"), Text("numerics_profile"), Real("virtual_time"), Whole("last_seen"),
                Whole("claimed_at"), Whole("finished_at"), Text("test_metrics"), Text("parameters"), Blob("policy"), Whole("held"), Whole("first_granted"),
            ],
            "sweep_id = {0}",
            "number, replicate"),
        new(
            "reports",
            [
                Reference("trial_id", "trials"), Whole("step"), Whole("attempt"), Text("objectives"), Text("metrics"), Real("learning_rate"), Real("seconds"), Blob("experiences"),
            ],
            OfTrials,
            "trial_id, step"),
        new(
            "checkpoints",
            [Id(), Reference("trial_id", "trials"), Whole("epoch"), Whole("step"), Whole("attempt"), Whole("kept"), Whole("size"), Whole("created_at")],
            OfTrials,
            "id"),
        new(
            "checkpoint_chunks",
            [Reference("checkpoint_id", "checkpoints"), Whole("chunk"), Blob("content")],
            $"checkpoint_id IN (SELECT id FROM checkpoints WHERE {OfTrials})",
            "checkpoint_id, chunk"),
        new(
            "decisions",
            [
                Id(), Reference("sweep_id", "sweeps"), Reference("trial_id", "trials"), Whole("from_state"), Whole("to_state"), Whole("granted"), Real("virtual_time"),
                Whole("last_seen"), Reference("donor_id", "trials"), Text("parameters"),
            ],
            "sweep_id = {0}",
            "id"),
        new("events", [Id(), Reference("sweep_id", "sweeps"), Whole("number"), Whole("at"), Text("kind"), Text("silo"), Text("text")], "sweep_id = {0}", "id"),
    ];

    /// <summary>Whether rows have an id of their own, which another store gives anew.</summary>
    public bool HasId => Columns[0].Name == "id";

    /// <summary>Reads the rows of the sweep that <paramref name="parameter"/> stands for.</summary>
    public string Select(string parameter) =>
        $"SELECT {string.Join(", ", Columns.Select(column => column.Sql))} FROM {Name} WHERE {string.Format(null, Filter, parameter)} ORDER BY {Order}";

    private static PortableColumn Id() => new("id", PortableKind.Whole);

    private static PortableColumn Whole(string name) => new(name, PortableKind.Whole);

    private static PortableColumn Real(string name) => new(name, PortableKind.Real);

    private static PortableColumn Text(string name) => new(name, PortableKind.Text);

    private static PortableColumn Blob(string name) => new(name, PortableKind.Blob);

    private static PortableColumn Reference(string name, string table) => new(name, PortableKind.Whole) { References = table };
}
