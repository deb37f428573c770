using System.Threading.Channels;
using Serilog.Core;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>Who may bury whom, and when; by what the store says of the other silo.</summary>
public sealed class UndertakerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly SiloRecord Self = new(Guid.NewGuid(), "self", ProcessIdentities.Current(), 1) { Lease = 3 * Second };

    // Of another machine, for all that can be told.
    private static readonly SiloRecord Other = new(Guid.NewGuid(), "other", Self.Process with { BootId = "another" }, 1) { Lease = 9 * Second };

    private readonly ManualTime _time = new();
    private readonly Channel<bool> _renewed = Channel.CreateUnbounded<bool>();
    private readonly List<string> _burials = [];

    [Fact]
    public async Task SilentSilo_IsBuriedByTime_ButOnlyAfterAWholeLeaseOfContact()
    {
        await using var scene = await StartAsync(isLocal: false);

        // Its last heartbeat was long ago, as after an outage that lasted.
        for (var seconds = 0; seconds < 9; seconds++)
        {
            Assert.Equal([Other], await scene.LookAsync(Other, (60 + seconds) * Second, isOver: true));
            await BeatAsync();
        }

        Assert.Empty(await scene.LookAsync(Other, 69 * Second, isOver: true));
        Assert.Equal(["by time other"], _burials);
    }

    [Fact]
    public async Task LiveSilo_WhateverItIsLike_IsLeftAlone()
    {
        await using var scene = await StartAsync(isLocal: false);
        for (var seconds = 0; seconds < 30; seconds++)
        {
            Assert.Equal([Other], await scene.LookAsync(Other, 8 * Second, isOver: false));
            Assert.Equal([Self], await scene.LookAsync(Self, 99 * Second, isOver: true));
            await BeatAsync();
        }

        Assert.Empty(_burials);
    }

    [Fact]
    public async Task ServersClock_SetForwardByAnHour_GivesAWholeLeaseMore()
    {
        await using var scene = await StartAsync(isLocal: false);
        for (var seconds = 0; seconds < 12; seconds++)
        {
            await scene.LookAsync(Other, 1 * Second, isOver: false);
            await BeatAsync();
        }

        var hour = TimeSpan.FromHours(1);
        for (var seconds = 0; seconds < 9; seconds++)
        {
            Assert.Equal([Other], await scene.LookAsync(Other, hour + ((2 + seconds) * Second), isOver: true));
            await BeatAsync();
        }

        // It was not heard of since: it is dead after all.
        Assert.Empty(await scene.LookAsync(Other, hour + (11 * Second), isOver: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SiloOfAnotherBoot_IsBuriedAtOnce_WhereTheStoreIsLocal(bool isLocal)
    {
        await using var scene = await StartAsync(isLocal);
        var living = await scene.LookAsync(Other, 1 * Second, isOver: false);
        Assert.Equal(isLocal ? [] : [Other], living);
        Assert.Equal(isLocal ? ["by proof other"] : [], _burials);
    }

    private async Task<Scene> StartAsync(bool isLocal)
    {
        var (store, script) = ScriptedStore.Create(isLocal);
        script.Answer("BeatAsync", _ => Task.FromResult<SiloHoldings?>(new SiloHoldings([], [])));
        script.Answer("BurySiloAsync", _ => Bury("by proof other", 0));
        script.Answer("BuryExpiredSiloAsync", _ => Bury<int?>("by time other", 0));
        var lease = new SiloLease(Self, store, _time, Logger.None) { OnBeat = (_, _) => _renewed.Writer.TryWrite(true), OnOver = () => { } };
        var scene = new Scene(lease, new Undertaker(Self, store, lease, _time, Logger.None));
        await RenewedAsync();
        return scene;
    }

    private Task<T> Bury<T>(string how, T count)
    {
        _burials.Add(how);
        return Task.FromResult(count);
    }

    /// <summary>A second passes, with the heartbeat that is due then.</summary>
    private async Task BeatAsync()
    {
        // The loop waits for it by a timer; the other one is the deadline's.
        await _time.UntilWaitingAsync(2);
        _time.Advance(Second);
        await RenewedAsync();
    }

    private Task RenewedAsync() => _renewed.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private sealed class Scene : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Undertaker _undertaker;
        private readonly Task _beating;

        public Scene(SiloLease lease, Undertaker undertaker) => (_undertaker, _beating) = (undertaker, lease.RunAsync(_end.Token));

        /// <summary>The silos that live, by a look at one.</summary>
        public async Task<IEnumerable<SiloRecord>> LookAsync(SiloRecord silo, TimeSpan sinceBeat, bool isOver) =>
            (await _undertaker.InspectAsync([new SiloStanding(silo, DateTimeOffset.UnixEpoch, sinceBeat, isOver)], default)).Select(standing => standing.Silo);

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _beating);
            _end.Dispose();
        }
    }
}
