using System.Threading.Channels;
using Serilog.Core;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>The holder's own clock, with time that the test moves and heartbeats that it answers.</summary>
public sealed class SiloLeaseTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly Channel<TaskCompletionSource<SiloHoldings?>> _sent = Channel.CreateUnbounded<TaskCompletionSource<SiloHoldings?>>();
    private readonly Channel<bool> _renewed = Channel.CreateUnbounded<bool>();
    private readonly SiloLease _lease;
    private int _overs;

    public SiloLeaseTests()
    {
        var (store, script) = ScriptedStore.Create(isLocal: false);
        script.Answer("BeatAsync", arguments =>
        {
            var answer = new TaskCompletionSource<SiloHoldings?>(TaskCreationOptions.RunContinuationsAsynchronously);
            _sent.Writer.TryWrite(answer);
            return answer.Task.WaitAsync((CancellationToken)arguments[1]!);
        });

        // A heartbeat every 3 s.
        var silo = new SiloRecord(Guid.NewGuid(), "holder", ProcessIdentities.Current(), 1) { Lease = 9 * Second };
        _lease = new SiloLease(silo, store, _time, Logger.None) { OnBeat = (_, _) => _renewed.Writer.TryWrite(true), OnOver = () => Interlocked.Increment(ref _overs) };
    }

    [Fact]
    public async Task Deadline_CountsFromBeforeTheHeartbeatWasSent_AndComesWithoutAnAnswer()
    {
        using var end = new CancellationTokenSource();
        var running = _lease.RunAsync(end.Token);
        var first = await SentAsync();
        _time.Advance(2.5 * Second);
        await AnswerAsync(first);
        await RestAsync();
        _time.Advance(0.5 * Second);
        await SentAsync();

        _time.Advance(5.9 * Second);
        Assert.Equal(0, _overs);

        // 9 s after the first was sent; looked at four times between two heartbeats.
        _time.Advance(0.9 * Second);
        Assert.Equal(1, _overs);
        _time.Advance(30 * Second);
        Assert.Equal(1, _overs);
        await StopAsync(running, end);
    }

    [Fact]
    public async Task Lease_RenewedInTime_IsNeverOver()
    {
        using var end = new CancellationTokenSource();
        var running = _lease.RunAsync(end.Token);
        for (var beat = 0; beat < 10; beat++)
        {
            await AnswerAsync(await SentAsync());
            Assert.Equal(3 * beat * Second, _lease.InContact);
            await RestAsync();
            _time.Advance(3 * Second);
        }

        Assert.Equal(0, _overs);
        await StopAsync(running, end);
    }

    [Fact]
    public async Task Contact_WhileAHeartbeatIsOverdue_IsNone_AndBeginsAgainWithItsAnswer()
    {
        using var end = new CancellationTokenSource();
        var running = _lease.RunAsync(end.Token);
        await AnswerAsync(await SentAsync());
        await RestAsync();
        _time.Advance(3 * Second);
        var late = await SentAsync();
        _time.Advance(2.9 * Second);
        Assert.Equal(5.9 * Second, _lease.InContact);

        // The store cannot be reached, and the lease is not over yet.
        _time.Advance(0.2 * Second);
        Assert.Equal(TimeSpan.Zero, _lease.InContact);
        await AnswerAsync(late);
        Assert.Equal(TimeSpan.Zero, _lease.InContact);
        _time.Advance(1 * Second);
        Assert.Equal(1 * Second, _lease.InContact);
        await StopAsync(running, end);
    }

    [Fact]
    public async Task Contact_AfterAHeartbeatThatFailed_BeginsAgain()
    {
        using var end = new CancellationTokenSource();
        var running = _lease.RunAsync(end.Token);
        await AnswerAsync(await SentAsync());
        await RestAsync();
        _time.Advance(3 * Second);
        (await SentAsync()).SetException(new StoreException("no"));

        // It tries again soon.
        await RestAsync();
        _time.Advance(0.75 * Second);
        await AnswerAsync(await SentAsync());
        Assert.Equal(0.75 * Second, _lease.InContact);
        await StopAsync(running, end);
    }

    [Fact]
    public async Task Lease_ThatWasOver_IsGoodAgainWithTheNextHeartbeat()
    {
        using var end = new CancellationTokenSource();
        var running = _lease.RunAsync(end.Token);
        await AnswerAsync(await SentAsync());
        await RestAsync();
        _time.Advance(3 * Second);
        var late = await SentAsync();
        _time.Advance(8 * Second);
        Assert.Equal(1, _overs);
        await AnswerAsync(late);

        // That one was sent 8 s ago: the next is sent at once.
        await AnswerAsync(await SentAsync());
        _time.Advance(2 * Second);
        Assert.Equal(2 * Second, _lease.InContact);
        Assert.Equal(1, _overs);
        await StopAsync(running, end);
    }

    [Fact]
    public async Task Silo_ThatTheStoreDoesNotKnow_IsTold()
    {
        var running = _lease.RunAsync(default);
        (await SentAsync()).SetResult(null);
        await running.WaitAsync(Patience);
    }

    private Task<TaskCompletionSource<SiloHoldings?>> SentAsync() => _sent.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private async Task AnswerAsync(TaskCompletionSource<SiloHoldings?> beat)
    {
        beat.SetResult(new SiloHoldings([], []));
        await _renewed.Reader.ReadAsync().AsTask().WaitAsync(Patience);
    }

    /// <summary>The loop waits until the next heartbeat is due; the other timer is the deadline's.</summary>
    private Task RestAsync() => _time.UntilWaitingAsync(2);

    private static async Task StopAsync(Task running, CancellationTokenSource end)
    {
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }
}
