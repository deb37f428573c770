namespace Sweep.Store.Sqlite;

/// <summary>Writes a new sweep under the first name that is free.</summary>
internal static class CreateSweepWrite
{
    private const string IsTaken = "SELECT 1 FROM sweeps WHERE name = ?1";

    private const string Add = $"""
        INSERT INTO sweeps (name, state, spec, spec_file, seed, search_version, maximize, inputs, created_at,
            priority, slot_limit, requires, poison_after, numerics)
        VALUES (?1, {SweepStateSql.Pending}, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """;

    public static CreateResult Execute(WriteSession session, NewSweep sweep)
    {
        var name = sweep.Name;
        for (var suffix = 2; Taken(session, name); suffix++)
        {
            if (sweep.NameIsFixed)
            {
                return new CreateResult(null);
            }

            name = $"{sweep.Name}-{suffix}";
        }

        using (var insert = session.Use(Add).Bind(1, name).Bind(2, sweep.SpecText).Bind(3, sweep.SpecFile).Bind(4, sweep.Seed))
        {
            insert.Bind(5, sweep.SearchVersion).Bind(6, sweep.Maximize ? 1 : 0).Bind(7, StoreJson.OfTexts(sweep.Inputs))
                .Bind(8, session.Now)
                .Bind(9, sweep.Placement.Priority).Bind(10, (long?)sweep.Placement.Slots).Bind(11, sweep.Placement.Requires)
                .Bind(12, sweep.Placement.PoisonAfter).Bind(13, sweep.Placement.Numerics).Run();
        }

        var id = session.Database.LastInsertRowId;
        EventLog.OfSweep(session, id, new EventEntry(EventKind.Created, name));
        return new CreateResult(SweepSql.Find(session.Database, id));
    }

    private static bool Taken(WriteSession session, string name)
    {
        using var query = session.Use(IsTaken).Bind(1, name);
        return query.Step();
    }
}
