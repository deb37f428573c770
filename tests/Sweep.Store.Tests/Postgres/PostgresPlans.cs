using Npgsql;
using Sweep.Store.Postgres;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Postgres;

/// <summary>
/// The queries that must not grow with the number of trials are answered from the indexes made for them: planned as our sessions plan them,
/// over a store that is full enough for the server to prefer to read it whole where it may.
/// </summary>
public sealed class PostgresPlans(PostgresPlans.FullStore full) : IClassFixture<PostgresPlans.FullStore>
{
    [Theory]
    [InlineData(ClaimSql.Waiting, "trials_waiting")]
    [InlineData(ClaimSql.Suspects, "trials_suspect")]
    [InlineData(BurialScripts.OwnedTrials, "trials_running")]
    [InlineData(SiloScripts.Beat, "trials_running")]
    [InlineData(TrialSql.Rank, "trials_ranking")]
    [InlineData(TrialSql.Counts, "trials_ranking")]
    [InlineData(TrialSql.List, "trials_sweep_id_number_replicate_key")]
    [InlineData(TrialSql.Find, "trials_sweep_id_number_replicate_key")]
    [InlineData(TrialSql.Quarantined, "trials_suspect")]
    [InlineData(EventLog.ListOfTrial, "events_sweep")]
    [InlineData(TrialSql.Progress, "trials_sweep_id_number_replicate_key")]
    [InlineData(TrialSql.Running, "trials_running")]
    [InlineData(SweepSql.ListOpen, "trials_waiting")]
    [InlineData(SweepSql.ByName, "sweeps_name_key")]
    [InlineData(ReportSql.List, "reports_pkey")]
    [InlineData(ReportSql.At, "reports_pkey")]
    [InlineData(ReportSql.Experiences, "reports_pkey")]
    [InlineData(ReportSql.Decisions, "decisions_sweep")]
    [InlineData(EventLog.List, "events_sweep")]
    [InlineData(OwnerSql.Lock, "trials_pkey")]
    [InlineData(OwnerSql.AddReports, "trials_pkey")]
    [InlineData(OwnerSql.Update, "trials_pkey")]
    public async Task Query_UsesItsIndex_AndReadsNoTableWhole(string sql, string index)
    {
        var plan = await full.ExplainAsync(sql);

        Assert.Contains(index, plan);
        foreach (var table in new[] { "trials", "reports", "events", "decisions" })
        {
            Assert.DoesNotContain($"Seq Scan on {table}", plan);
        }
    }

    [Theory]
    [InlineData(TrialSql.Rank)]
    [InlineData(TrialSql.List)]
    [InlineData(EventLog.List)]
    [InlineData(ReportSql.List)]
    public async Task Query_InTheOrderOfItsIndex_SortsNothing(string sql) => Assert.DoesNotContain("Sort", await full.ExplainAsync(sql));

    [Fact]
    public async Task Counts_AreReadFromAnIndexAlone() => Assert.Contains("Index Only Scan", await full.ExplainAsync(TrialSql.Counts));

    /// <summary>20 sweeps of 1,000 trials with two reports each.</summary>
    public sealed class FullStore : IAsyncLifetime
    {
        private PostgresDatabase database = null!;

        public async Task InitializeAsync()
        {
            database = await PostgresDatabase.CreateAsync();
            await using var connection = await database.Server.ConnectAsync(database.Name);
            await using var fill = new NpgsqlCommand(
                """
                INSERT INTO silos SELECT gen_random_uuid(), 's', 'h', 'b', 'p', 1, 1, 1, 0, now(), now() FROM generate_series(1, 20);
                INSERT INTO sweeps (name, state, spec, spec_file, seed, search_version, maximize, inputs, created_at)
                    SELECT 's' || n, 1, '', '', 1, 1, 1, '{}', 0 FROM generate_series(1, 20) n;
                INSERT INTO trials (sweep_id, number, replicate, state, deaths, owner, granted, resource, rank_resource, rank_cost, virtual_time, last_seen, parameters)
                    SELECT 1 + n % 20, n / 20, 0, CASE WHEN n > 18000 THEN n % 3 ELSE 3 END, CASE WHEN n > 19000 THEN 2 ELSE 0 END,
                        (SELECT incarnation FROM silos OFFSET n % 20 LIMIT 1), 9, n % 9, n % 9, n, 0, 0, '{"lr":0.001}'
                    FROM generate_series(0, 19999) n;
                INSERT INTO reports SELECT id, step, 1, '[0.5]', '{"val_accuracy":0.5}', 0.1, 1 FROM trials, generate_series(1, 2) step;
                INSERT INTO events (sweep_id, number, at, kind, silo, text) SELECT sweep_id, number, 0, 'finished', 's', '' FROM trials;
                INSERT INTO decisions (sweep_id, trial_id, from_state, to_state, granted, virtual_time, last_seen) SELECT sweep_id, id, 2, 0, 9, 0, 0 FROM trials;
                """, connection);
            await fill.ExecuteNonQueryAsync();
            await using var analyze = new NpgsqlCommand("VACUUM ANALYZE", connection);
            await analyze.ExecuteNonQueryAsync();
        }

        public Task DisposeAsync() => database.DisposeAsync().AsTask();

        public async Task<string> ExplainAsync(string sql)
        {
            var url = PostgresUrl.Parse(database.Url);
            await using var connection = new NpgsqlConnection(url.ConnectionString(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)));
            await connection.OpenAsync();

            // A prepared statement with the generic plan that our sessions ask for: its arguments do not matter.
            await using var prepare = new NpgsqlCommand($"PREPARE q AS {sql}", connection) { AllResultTypesAreUnknown = false };
            await prepare.ExecuteNonQueryAsync();
            await using var count = new NpgsqlCommand("SELECT coalesce(array_length(parameter_types, 1), 0) FROM pg_prepared_statements WHERE name = 'q'", connection);
            var arguments = string.Join(", ", Enumerable.Repeat("NULL", (int)(await count.ExecuteScalarAsync())!));
            await using var explain = new NpgsqlCommand($"EXPLAIN EXECUTE q{(arguments.Length > 0 ? $"({arguments})" : "")}", connection);
            await using var reader = await explain.ExecuteReaderAsync();
            var lines = new List<string>();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(0));
            }

            return string.Join('\n', lines);
        }
    }
}
