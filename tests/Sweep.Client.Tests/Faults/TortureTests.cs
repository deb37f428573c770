using System.Globalization;
using Xunit.Abstractions;

namespace Sweep.Client.Tests.Faults;

/// <summary>Whatever happens to the silos and their database, in any order: the table is that of the undisturbed run, bit for bit.</summary>
[Trait("category", "torture")]
public sealed class TortureTests(ITestOutputHelper output)
{
    private const int Trials = 500;

    // Enough that the faults last as long as asked, on the few slots that are left alive.
    private const int Slots = 3;

    [TortureFact]
    [InlineData(StoreKind.Sqlite, "random")]
    [InlineData(StoreKind.Sqlite, "learning")]
    [InlineData(StoreKind.Postgres, "random")]
    [InlineData(StoreKind.Postgres, "learning")]
    public async Task RandomFaults_SameTable(StoreKind kind, string search)
    {
        var (length, seed) = (TortureFactAttribute.Asked!.Value, TortureFactAttribute.Seed);
        output.WriteLine($"SWEEP_SEED={seed}");

        // How long an epoch takes changes nothing in the table.
        var undisturbed = await FaultScene.UndisturbedAsync(SpecOf(search, 0), slots: 2);
        var epochs = undisturbed.Count(c => c == '\n') + 1 - Trials;
        await using var scene = await FaultScene.CreateAsync(kind, SpecOf(search, length.TotalSeconds * Slots / epochs), ownServer: true);
        scene.Patience = TimeSpan.FromMinutes(10) + length;
        await using var torture = new Torture(scene, seed);

        await torture.RunAsync(length);
        await torture.RelentAsync();
        var table = await scene.FinishAsync("torture");

        output.WriteLine(torture.Report());
        Assert.True(undisturbed == table, $"seed {seed}: not the table of the undisturbed run\n{Difference(undisturbed, table)}\n{torture.Report()}");
        Assert.True(torture.Lost.Count == 0, $"seed {seed}: silos ended by themselves: {string.Join('\n', torture.Lost)}\n{torture.Report()}");
    }

    private static string SpecOf(string search, double sleep) => search == "random"
        ? string.Create(CultureInfo.InvariantCulture, $$"""
            name: torture
            poison_after: 0
            task: { function: curves, epochs: 3, sleep: {{sleep:F4}} }
            objective: { metric: value, goal: minimize }
            search: { sampler: random, trials: {{Trials}}, seed: 7 }
            parameters: { quality: { min: 0.0, max: 1.0 }, slowness: { min: 0.0, max: 1.0 } }
            """)
        : string.Create(CultureInfo.InvariantCulture, $$"""
            name: torture
            poison_after: 0
            task: { function: curves, epochs: 9, sleep: {{sleep:F4}} }
            objective: { metric: value, goal: minimize }
            search: { sampler: tpe, startup_trials: 20, trials: {{Trials}}, seed: 11, parallel: 6, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
            parameters: { quality: { min: 0.0, max: 1.0 }, slowness: { min: 0.0, max: 1.0 } }
            """);

    private static string Difference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var first = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {first}: expected '{left.ElementAtOrDefault(first)}', found '{right.ElementAtOrDefault(first)}'";
    }
}
