using Sweep.Search.Trials;
using Sweep.Store.Processes;
using Sweep.Store.Sqlite;

namespace Sweep.Store.Tests.Children;

/// <summary>A silo reduced to its writing: claims every trial of the sweep "shared", reports three epochs of each and completes it.</summary>
internal static class StoreWriter
{
    public const string Sweep = "shared";
    public const int Epochs = 3;

    /// <summary>Prints "ready", then waits for a line, then prints "NUMBER STEP" for each report that is durable.</summary>
    public static async Task<int> RunAsync(string path)
    {
        var none = CancellationToken.None;
        await using var store = await SqliteStore.OpenAsync(path, TimeProvider.System, none);
        var silo = new SiloRecord(Guid.NewGuid(), $"silo-{Environment.ProcessId}", ProcessIdentities.Current(), 4);
        await store.RegisterSiloAsync(silo, none);
        var sweep = (await store.FindSweepAsync(Sweep, none))!;
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync(none);

        async Task RunSlotAsync()
        {
            while (await store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "p", 1, none) is [var claimed])
            {
                for (var step = claimed.Trial.Resource + 1; step <= Epochs; step++)
                {
                    var result = await store.WriteAsync(UnitAt(claimed, step), none);
                    Console.WriteLine(result == WriteResult.Written ? $"{claimed.Trial.Number} {step}" : $"lost {claimed.Trial.Number}");
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, silo.Slots).Select(_ => Task.Run(RunSlotAsync)));
        await store.RemoveSiloAsync(silo.Incarnation, none);
        return 0;
    }

    /// <summary>A report, a checkpoint after every second one, and at the last the end.</summary>
    public static OwnerUnit UnitAt(ClaimedTrial claimed, int step) => new(claimed.Trial.Id, claimed.Trial.Attempt)
    {
        Report = new ReportRecord(step, [claimed.Trial.Number], new Dictionary<string, double?> { ["loss"] = step }, 0.1, 1),
        Checkpoint = step % 2 == 0 ? new Checkpoint(step, 0, new byte[20_000]) : null,
        Outcome = step == Epochs ? new TrialOutcome(TrialState.Completed) : null,
    };
}
