using Sweep.Search.Trials;
using Sweep.Store.Postgres;
using Sweep.Testing;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Postgres;

/// <summary>What happens to writes when the connection breaks: before the server has them, between their commit and its answer, and after.</summary>
public sealed class PostgresFaults : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SiloRecord silo = new(Guid.NewGuid(), "silo", new ProcessIdentity("host", "boot", "pid:[1]", 42, 4242), 2);
    private PostgresDatabase database = null!;
    private TcpProxy proxy = null!;
    private PostgresStore store = null!;
    private long sweepId;
    private long term;

    public async Task InitializeAsync()
    {
        database = await PostgresDatabase.CreateAsync();
        proxy = Before(database.Server);
        store = await database.OpenAsync(proxy.Port);
        await store.RegisterSiloAsync(silo, None);
        sweepId = (await store.CreateSweepAsync(Draft("sweep"), None)).Sweep!.Id;
        term = (await store.ActivateSweepAsync(sweepId, silo.Incarnation, None)).Term!.Value;
        await store.WriteAsync(new CoordinatorUnit(sweepId, term) { Trials = [Suggestion(0), Suggestion(1)] }, None);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await proxy.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OwnersUnit_CutOffFromItsAnswerOrItsServer_IsWrittenOnce(bool isCommitted)
    {
        var claimed = await ClaimAsync();
        CutNext(isCommitted);

        var result = await store.WriteAsync(
            new OwnerUnit(claimed.Trial.Id, 1) { Report = Report(1, seconds: 2), Checkpoint = new Checkpoint(1, 0, new byte[] { 1 }) }, None);

        Assert.Equal(WriteResult.Written, result);
        var trial = Assert.Single(await store.FindTrialsAsync(sweepId, 0, None));
        Assert.Equal((1, 2.0), (trial.Resource, trial.Seconds));
        Assert.Single(await store.ListReportsAsync(trial.Id, None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LateUnit_CutOffFromItsAnswer_IsLost(bool isCommitted)
    {
        var claimed = await ClaimAsync();
        CutNext(isCommitted);

        // Of one batch: what holds, and what does not.
        var results = await Task.WhenAll(
            store.WriteAsync(new OwnerUnit(claimed.Trial.Id, 7) { Report = Report(1) }, None),
            store.WriteAsync(new OwnerUnit(claimed.Trial.Id, 1) { Report = Report(1) }, None));

        Assert.Equal([WriteResult.Lost, WriteResult.Written], results);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CoordinatorsUnit_CutOff_IsWrittenOnce_AndAnOldTermsIsLost(bool isCommitted)
    {
        CutNext(isCommitted);
        Assert.Equal(WriteResult.Written, await store.WriteAsync(new CoordinatorUnit(sweepId, term) { Trials = [Suggestion(2)] }, None));
        CutNext(isCommitted);
        Assert.Equal(WriteResult.Lost, await store.WriteAsync(new CoordinatorUnit(sweepId, term - 1) { Trials = [Suggestion(3)] }, None));

        Assert.Equal([0, 1, 2], (await store.ListTrialsAsync(sweepId, 0, 9, None)).Select(trial => trial.Number));
    }

    [Fact]
    public async Task Claim_WhoseAnswerIsLost_GivesNothing_AndTheHeartbeatTellsOfIt()
    {
        proxy.CutNextAnswer();

        Assert.Empty(await store.ClaimTrialsAsync(sweepId, silo.Incarnation, "p", 1, None));

        var held = Assert.Single((await store.BeatAsync(silo.Incarnation, None))!.Trials);
        Assert.Equal(1, held.Attempt);
        Assert.Equal(
            WriteResult.Written,
            await store.WriteAsync(new OwnerUnit(held.TrialId, held.Attempt) { Outcome = new TrialOutcome(TrialState.Waiting) }, None));
    }

    [Fact]
    public async Task Claim_ThatTheServerNeverHeardOf_IsMade()
    {
        proxy.CutNextRequest();
        Assert.Equal(0, (await ClaimAsync()).Trial.Number);
    }

    [Fact]
    public async Task WritesOfSeveralRoundTrips_CutOffAtEachOfTheirAnswers_AreDoneOnce()
    {
        for (var cuts = 1; cuts <= 8; cuts++)
        {
            var before = (await store.ListSweepsAsync(None)).Count;
            var create = store.CreateSweepAsync(Draft("new"), None);
            proxy.CutNextAnswer();
            var created = (await create).Sweep!;
            Assert.Equal(before + 1, (await store.ListSweepsAsync(None)).Count);
            proxy.CutNextAnswer();
            await store.ExtendSweepAsync(created.Id, 5, None);
            Assert.Equal([5], (await store.SummarizeAsync(created.Id, None)).Sweep.More);
        }
    }

    [Fact]
    public async Task Batch_ThatReachesTheServerAfterItWasSentAgain_ChangesNothing()
    {
        var claimed = await ClaimAsync();
        proxy.HoldNextRequest();

        Assert.Equal(WriteResult.Written, await store.WriteAsync(new OwnerUnit(claimed.Trial.Id, 1) { Report = Report(1, seconds: 2) }, None));
        Assert.Equal(
            WriteResult.Written,
            await store.WriteAsync(new OwnerUnit(claimed.Trial.Id, 1) { Outcome = new TrialOutcome(TrialState.Waiting) }, None));
        var said = await proxy.DeliverAsync();

        Assert.Contains("division by zero", said);
        var trial = Assert.Single(await store.FindTrialsAsync(sweepId, 0, None));
        Assert.Equal((TrialState.Waiting, 2.0), (trial.State, trial.Seconds));
    }

    [Fact]
    public async Task EveryConnection_EndedAgainAndAgain_LosesAndDoublesNothing()
    {
        const int Steps = 120;
        var claimed = await ClaimAsync();
        var ended = 0L;
        for (var step = 1; step <= Steps; step++)
        {
            var write = store.WriteAsync(new OwnerUnit(claimed.Trial.Id, 1) { Report = Report(step) }, None);
            if (step % 8 == 0)
            {
                ended += await database.ExecuteAsync<long>("""
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'sweep' AND datname = current_database()
                    """);
            }

            Assert.Equal(WriteResult.Written, await write);
        }

        Assert.True(ended >= Steps / 16, $"{ended} connections were ended");
        Assert.Equal(Enumerable.Range(1, Steps), (await store.ListReportsAsync(claimed.Trial.Id, None)).Select(report => report.Step));
        Assert.Equal((double)Steps, Assert.Single(await store.FindTrialsAsync(sweepId, 0, None)).Seconds);
    }

    [Fact]
    public async Task Hints_AfterABrokenConnection_BeginWithAny()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var hints = store.HintsAsync(stop.Token).GetAsyncEnumerator(None);
        Assert.True(await hints.MoveNextAsync());
        Assert.Equal(new StoreHint(StoreHintKind.Any, null), hints.Current);

        await store.HintAsync(new StoreHint(StoreHintKind.Work, sweepId), None);
        Assert.True(await hints.MoveNextAsync());
        Assert.Equal(new StoreHint(StoreHintKind.Work, sweepId), hints.Current);

        await database.ExecuteAsync<long>("""
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()
            """);
        Assert.True(await hints.MoveNextAsync());
        Assert.Equal(new StoreHint(StoreHintKind.Any, null), hints.Current);
        await stop.CancelAsync();
    }

    [Fact]
    public async Task Hint_OfASlot_DoesNotWaitForItsTraining()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var hints = store.HintsAsync(stop.Token).GetAsyncEnumerator(None);
        Assert.True(await hints.MoveNextAsync());
        using var isTrained = new ManualResetEventSlim();

        // One turn at a time, as on a slot's thread.
        var slot = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var training = Task.Factory.StartNew(
            async () =>
            {
                await store.HintAsync(new StoreHint(StoreHintKind.Result, sweepId), None);
                isTrained.Wait(stop.Token);
                return true;
            },
            None,
            TaskCreationOptions.DenyChildAttach,
            slot).Unwrap();

        Assert.True(await hints.MoveNextAsync());
        Assert.Equal(new StoreHint(StoreHintKind.Result, sweepId), hints.Current);
        isTrained.Set();
        await training;
        await stop.CancelAsync();
    }

    [Fact]
    public async Task OpenStore_HasAtMostThreeConnections()
    {
        using var stop = new CancellationTokenSource();
        await using var hints = store.HintsAsync(stop.Token).GetAsyncEnumerator(None);
        await hints.MoveNextAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            await store.ListSweepsAsync(None);
            await store.BeatAsync(silo.Incarnation, None);
            await store.HintAsync(new StoreHint(StoreHintKind.Work, n), None);
        }));

        Assert.Equal(3L, await database.ExecuteAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'sweep' AND datname = current_database()"));
        await stop.CancelAsync();
    }

    private static TcpProxy Before(PostgresServer server) => new(server.Port);

    private static NewSweep Draft(string name) => new(name, false, "name: sweep\n", "sweep.yaml", 7, 1, true, new Dictionary<string, string>());

    private static NewTrial Suggestion(int number) => new(number, 0, "{}", 9, 0, 0);

    private static ReportRecord Report(int step, double seconds = 1) =>
        new(step, [0.5], new Dictionary<string, double?> { ["val_accuracy"] = 0.5 }, 0.1, seconds);

    private async Task<ClaimedTrial> ClaimAsync() => Assert.Single(await store.ClaimTrialsAsync(sweepId, silo.Incarnation, "p", 1, None));

    private void CutNext(bool isCommitted)
    {
        if (isCommitted)
        {
            proxy.CutNextAnswer();
        }
        else
        {
            proxy.CutNextRequest();
        }
    }
}
