using Sweep.Search.Trials;
using Sweep.Store.Processes;

namespace Sweep.Store.Tests;

/// <summary>What every store must do, whatever database is under it. A store joins with a class of its own.</summary>
public abstract partial class StoreConformance : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>This machine's: a silo of another boot is dead in a store that lives on one machine.</summary>
    private static readonly string BootId = ProcessIdentities.Current().BootId;

    private StoreUnderTest store = null!;

    /// <summary>Opens the test's own store; each call as another process would.</summary>
    protected abstract Task<StoreUnderTest> OpenAsync();

    protected abstract Task CleanUpAsync();

    public async Task InitializeAsync() => store = await OpenAsync();

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await CleanUpAsync();
    }

    private static NewSweep Draft(string name = "sweep", bool isFixed = false, bool maximize = true) =>
        new(name, isFixed, "name: sweep\n", "sweep.yaml", 7, 1, maximize, new Dictionary<string, string> { ["train.gz"] = "ab12" });

    private static SiloRecord Silo(string name = "silo") =>
        new(Guid.NewGuid(), name, new ProcessIdentity("host", BootId, "pid:[1]", 42, 4242), 2);

    private static NewTrial Suggestion(int number, int granted = 9) => new(number, 0, $$"""{"lr":{{number}}}""", granted, 0, 0);

    private static ReportRecord Report(int step, double? value = 0.5, double seconds = 1) =>
        new(step, [value], new Dictionary<string, double?> { ["val_accuracy"] = value }, 0.1, seconds);

    private static OwnerUnit Unit(ClaimedTrial claimed) => new(claimed.Trial.Id, claimed.Trial.Attempt);

    private async Task<SiloRecord> RegisterAsync(string name = "silo")
    {
        var silo = Silo(name);
        await store.Silos.RegisterSiloAsync(silo, None);
        return silo;
    }

    /// <summary>A running sweep of one silo, with waiting trials.</summary>
    private async Task<Running> StartAsync(int trials, bool maximize = true)
    {
        var silo = await RegisterAsync();
        var sweep = (await store.Sweeps.CreateSweepAsync(Draft(maximize: maximize), None)).Sweep!;
        var term = (await store.Silos.ActivateSweepAsync(sweep.Id, silo.Incarnation, None)).Term!.Value;
        var unit = new CoordinatorUnit(sweep.Id, term) { Trials = [.. Enumerable.Range(0, trials).Select(n => Suggestion(n))] };
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(unit, None));
        return new Running(silo, sweep.Id, term);
    }

    private async Task<ClaimedTrial> ClaimOneAsync(Running running, SiloRecord? silo = null) =>
        Assert.Single(await store.Silos.ClaimTrialsAsync(running.SweepId, (silo ?? running.Silo).Incarnation, "profile", 1, None));

    private async Task<TrialRecord> TrialAsync(Running running, int number) =>
        Assert.Single(await store.Sweeps.FindTrialsAsync(running.SweepId, number, None));

    private sealed record Running(SiloRecord Silo, long SweepId, long Term);
}
