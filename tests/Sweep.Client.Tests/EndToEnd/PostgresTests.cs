using System.Runtime.InteropServices;
using Sweep.Testing;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>The same commands on a PostgreSQL store.</summary>
public sealed class PostgresTests
{
    private const string Trained = """
        name: trained
        task: { dataset: spirals, model: mlp, hidden: [8], batch_size: 64, epochs: 3 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 5, seed: 2 }
        parameters:
          optimizer: { values: [sgd, adam] }
          lr: { min: 0.001, max: 0.1, distribution: log_uniform }
        """;

    [Fact]
    public async Task SubmitSilosWatchExportImport_OnPostgres_SameTableAsOnSqlite_AndNoPasswordAnywhere()
    {
        var server = await PostgresServer.Shared;
        var url = await server.CreateDatabaseAsync();
        using var workspace = new Workspace();
        try
        {
            var spec = workspace.Write("spec.yaml", Trained);
            Assert.Equal(0, (await workspace.SweepAsync("run", spec, "--db", "local.db")).ExitCode);
            var outputs = new List<SweepProcess.Finished>();
            async Task<SweepProcess.Finished> DoAsync(int exitCode, params string[] arguments)
            {
                var end = await workspace.SweepAsync([.. arguments, "--db", url]);
                Assert.True(end.ExitCode == exitCode, end.Errors);
                outputs.Add(end);
                return end;
            }

            Assert.Contains("sweep db init", (await DoAsync(ExitCodes.NotFound, "list")).Errors, StringComparison.Ordinal);
            await DoAsync(0, "db", "init");
            Assert.Contains("already", (await DoAsync(0, "db", "init")).Errors, StringComparison.Ordinal);
            Assert.Contains("up to date", (await DoAsync(0, "db", "upgrade")).Errors, StringComparison.Ordinal);
            Assert.Equal("waiting: no live silo\n", (await DoAsync(0, "submit", spec)).Errors);
            await DoAsync(0, "pause", "trained");
            Assert.Contains("on the silos", (await DoAsync(0, "resume", "trained")).Errors, StringComparison.Ordinal);

            using (var one = workspace.Start("silo", "--slots", "1", "--log", "one.log", "--db", url))
            using (var two = workspace.Start("silo", "--slots", "1", "--db", url))
            {
                await one.LineAsync("silo ");
                await two.LineAsync("silo ");
                Assert.Contains("sweep best trained", (await DoAsync(0, "watch", "trained")).Errors, StringComparison.Ordinal);
                await DoAsync(0, "silos", "--json");
                await DoAsync(0, "silos");
                one.Signal(PosixSignal.SIGTERM);
                two.Signal(PosixSignal.SIGTERM);
                foreach (var end in (SweepProcess.Finished[])[await one.EndAsync(), await two.EndAsync()])
                {
                    Assert.Equal(0, end.ExitCode);
                    outputs.Add(end);
                }
            }

            Assert.Equal(await Table.ReadAsync(workspace, "trained", "--db", "local.db"), await Table.ReadAsync(workspace, "trained", "--db", url));
            Assert.Equal("the store is consistent\n", (await DoAsync(0, "db", "check")).Errors);
            await DoAsync(0, "db", "export", "all.sweeps");
            Assert.Equal(0, (await workspace.SweepAsync("db", "import", "all.sweeps", "--db", "copy.db")).ExitCode);
            await DoAsync(0, "delete", "trained", "--yes");
            Assert.Equal(0, (await workspace.SweepAsync("db", "export", "back.sweeps", "--db", "copy.db")).ExitCode);
            await DoAsync(0, "db", "import", "back.sweeps");
            foreach (var query in (string[][])[["best", "trained"], ["show", "trained"], ["trials", "trained"], ["trial", "trained", "3"]])
            {
                var local = await workspace.SweepAsync([.. query, "--json", "--db", "copy.db"]);
                Assert.Equal(local.Output, (await DoAsync(0, [.. query, "--json"])).Output);
            }

            var files = Directory.GetFiles(workspace.Folder, "*.log").Select(File.ReadAllText);
            foreach (var text in outputs.SelectMany(end => (string[])[end.Output, end.Errors]).Concat(files))
            {
                Assert.DoesNotContain(PostgresServer.Password, text, StringComparison.Ordinal);
                Assert.DoesNotContain(Uri.EscapeDataString(PostgresServer.Password), text, StringComparison.Ordinal);
            }

            Assert.True(File.Exists(workspace.File("one.log")));
        }
        finally
        {
            await server.DropDatabaseAsync(url);
        }
    }
}
