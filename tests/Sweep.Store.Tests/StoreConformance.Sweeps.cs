using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    /// <summary>Numbers whose shortest text is hard to get right, and the ends of the range.</summary>
    private static readonly double[] Awkward =
    [
        0.1, 0.1 + 0.2, 1.0 / 3, Math.PI, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 9007199254740993, 5e-324,
        2.2250738585072014E-308, 1.7976931348623157E+308, 123456789.123456789, 1e23, 8.41e21,
    ];

    [Fact]
    public async Task Sweep_ComesBackAsItWasWritten()
    {
        var draft = Draft("fashion", isFixed: true) with { SpecText = "a: 'ü'\n# €\n" };

        var sweep = (await store.Sweeps.CreateSweepAsync(draft, None)).Sweep!;

        Assert.Equal(
            (draft.Name, draft.SpecText, draft.SpecFile, draft.Seed, draft.SearchVersion, draft.Maximize, SweepState.Pending, 0L),
            (sweep.Name, sweep.SpecText, sweep.SpecFile, sweep.Seed, sweep.SearchVersion, sweep.Maximize, sweep.State, sweep.Term));
        Assert.Equal(draft.Inputs, sweep.Inputs);
        Assert.True(sweep.Owner is null && sweep.FinishedAt is null);
        Assert.Null(await store.Sweeps.FindSweepAsync("nothing", None));
        Assert.Null((await store.Sweeps.CreateSweepAsync(draft, None)).Sweep);
        Assert.Single(await store.Sweeps.ListSweepsAsync(None));
    }

    [Fact]
    public async Task Names_TakenByManyAtOnce_GetEachSuffixOnce()
    {
        await using var second = await OpenAsync();

        var created = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            n => Task.Run(() => (n % 2 == 0 ? store : second).Sweeps.CreateSweepAsync(Draft("quick"), None))));

        Assert.Equal(
            ["quick", .. Enumerable.Range(2, 11).Select(n => $"quick-{n}")],
            created.Select(c => c.Sweep!.Name).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Numbers_ComeBackToTheSameBits()
    {
        var running = await StartAsync(1);
        var claimed = await ClaimOneAsync(running);
        var metrics = Awkward.Select((value, index) => (Name: $"metric {(char)('z' - index)}", Value: (double?)value)).ToList();
        for (var step = 1; step <= Awkward.Length; step++)
        {
            var report = new ReportRecord(
                step, [Awkward[step - 1], null], new Dictionary<string, double?>(metrics.Select(m => KeyValuePair.Create(m.Name, m.Value))), Awkward[step - 1], 0.25);
            await store.Silos.WriteAsync(Unit(claimed) with { Report = report }, None);
        }

        var reports = await store.Sweeps.ListReportsAsync(claimed.Trial.Id, None);

        Assert.Equal(Awkward.Select(value => Bits(value)), reports.Select(r => Bits(r.Values[0])));
        Assert.Equal(Awkward.Select(value => Bits(value + 0.0)), reports.Select(r => Bits(r.LearningRate + 0.0))); // zero without its sign
        Assert.All(reports, r => Assert.Equal(metrics.Select(m => (m.Name, Bits(m.Value))), r.Metrics.Select(m => (m.Key, Bits(m.Value)))));
        Assert.All(reports, r => Assert.Null(r.Values[1]));
        Assert.Equal(Bits(Awkward[^1]), Bits((await TrialAsync(running, 0)).Values[0]));

        static long Bits(double? value) => BitConverter.DoubleToInt64Bits(value!.Value);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task Number_ThatIsNotFinite_IsNoValueAndRanksLast(double bad)
    {
        var running = await StartAsync(3);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 3, None);
        await store.Silos.WriteAsync(
            Unit(claims[0]) with { Report = Report(1, bad) with { LearningRate = bad }, Outcome = new TrialOutcome(TrialState.Completed) }, None);
        await store.Silos.WriteAsync(Unit(claims[1]) with { Report = Report(1, -1e300), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        await store.Silos.WriteAsync(Unit(claims[2]) with { Report = Report(1, 1e300), Outcome = new TrialOutcome(TrialState.Completed) }, None);

        Assert.Null(Assert.Single((await TrialAsync(running, 0)).Values));
        var report = Assert.Single(await store.Sweeps.ListReportsAsync(claims[0].Trial.Id, None));
        Assert.True(report.Values[0] is null && report.Metrics["val_accuracy"] is null && double.IsNaN(report.LearningRate));
        Assert.Equal([2, 1, 0], (await store.Sweeps.RankTrialsAsync(running.SweepId, 9, None)).Select(t => t.Number));
    }

    [Fact]
    public async Task ReportsAt_GivesTheRungsOfAllTrials()
    {
        var running = await StartAsync(3);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 3, None);
        foreach (var claim in claims)
        {
            for (var step = 1; step <= 2 + claim.Trial.Number; step++)
            {
                await store.Silos.WriteAsync(Unit(claim) with { Report = Report(step, claim.Trial.Number + (step / 10.0)) }, None);
            }
        }

        var rungs = await store.Sweeps.ListReportsAtAsync(running.SweepId, [1, 4], None);

        Assert.Equal([0.1, 1.1, 2.1, 2.4], rungs.Select(r => r.Report.Values[0]!.Value));
        Assert.Equal(claims[2].Trial.Id, rungs[^1].TrialId);
    }

    [Fact]
    public async Task Summary_CountsTrialsByState()
    {
        var running = await StartAsync(4);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 3, None);
        await store.Silos.WriteAsync(Unit(claims[0]) with { Outcome = new TrialOutcome(TrialState.Failed, "no such optimizer") }, None);

        var summary = await store.Sweeps.SummarizeAsync(running.SweepId, None);

        Assert.Equal(
            new Dictionary<TrialState, int> { [TrialState.Waiting] = 1, [TrialState.Running] = 2, [TrialState.Failed] = 1 }, summary.Counts);
        Assert.Equal("no such optimizer", (await TrialAsync(running, 0)).Reason);
        Assert.Equal(summary.Counts, Assert.Single(await store.Sweeps.ListSweepsAsync(None)).Counts);
    }

    [Fact]
    public async Task Events_TellWhatHappened_OldestFirst()
    {
        var running = await StartAsync(1);
        var claimed = await ClaimOneAsync(running);
        await store.Silos.BurySiloAsync(running.Silo.Incarnation, "process 42 is gone", None);
        var heir = await RegisterAsync("heir");
        await store.Silos.ActivateSweepAsync(running.SweepId, heir.Incarnation, None);
        var again = await ClaimOneAsync(running, heir);
        await store.Silos.WriteAsync(Unit(again) with { Outcome = new TrialOutcome(TrialState.Diverged, "epoch 1") }, None);

        var events = await store.Sweeps.ListEventsAsync(running.SweepId, 100, None);

        Assert.Equal(
            ["created", "activated", "rescued", "rescued", "activated", "claimed", "finished"], events.Select(e => e.Kind));
        Assert.Equal((claimed.Trial.Number, "from silo: process 42 is gone"), (events[3].Trial, events[3].Text));
        Assert.Equal(("heir", "Diverged: epoch 1"), (events[^1].Silo, events[^1].Text));
        Assert.Equal(["claimed", "finished"], (await store.Sweeps.ListEventsAsync(running.SweepId, 2, None)).Select(e => e.Kind));
    }

    [Fact]
    public async Task TrialEvents_AreThoseOfItsNumber_OldestFirst()
    {
        var running = await StartAsync(2);
        await StartAsync(1);
        await ClaimOneAsync(running);
        await ClaimOneAsync(running);
        await store.Silos.BurySiloAsync(running.Silo.Incarnation, "gone", None);
        var heir = await RegisterAsync("heir");
        await store.Silos.ActivateSweepAsync(running.SweepId, heir.Incarnation, None);
        var again = await ClaimOneAsync(running, heir);
        await store.Silos.WriteAsync(Unit(again) with { Outcome = new TrialOutcome(TrialState.Diverged, "epoch 1") }, None);

        var all = await store.Sweeps.ListEventsAsync(running.SweepId, int.MaxValue, None);
        var events = await store.Sweeps.ListTrialEventsAsync(running.SweepId, 0, None);

        Assert.Equal(["rescued", "claimed", "finished"], events.Select(e => e.Kind));
        Assert.Equal(all.Where(e => e.Trial == 0), events);
        Assert.Equal(all.Where(e => e.Trial == 1), await store.Sweeps.ListTrialEventsAsync(running.SweepId, 1, None));
        Assert.Empty(await store.Sweeps.ListTrialEventsAsync(running.SweepId, 2, None));
    }
}
