using System.Threading.Channels;
using Serilog;
using Sweep.Grains;
using Sweep.Search;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>
/// Coordinates one sweep under a term: activates its <see cref="SweepGrain"/>, hands it what became of trials, on this silo and on others, and ends the
/// sweep when its search is at an end.
/// </summary>
/// <param name="age">How long ago the sweep was created.</param>
internal sealed class SweepCoordinator(SweepWork work, long term, TimeSpan age, ICoordinatorHost silo)
{
    private const int CheckpointsKept = 10;

    // A sweep of many trials must not keep the weights of all of them until its end.
    private const int EndsBetweenPrunings = 256;
    private static readonly TimeSpan TimeBetweenPrunings = TimeSpan.FromSeconds(1);

    // What other silos did is asked of the store at a hint, or while trials are short, but so far apart at least, and so many times as far apart as it takes to learn
    // nothing; otherwise every second.
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);
    private const int LooksApart = 4;
    private const int PlacesAtOnce = 512;

    private readonly SweepRecord _sweep = work.Sweep;
    private readonly SweepSpec _spec = work.Spec;
    private readonly Channel<News> _news = Channel.CreateUnbounded<News>(new UnboundedChannelOptions { SingleReader = true });
    private readonly RecentCount _recent = new(silo.Time, RecentCount.Span);
    private readonly RecentCount _lastSecond = new(silo.Time, TimeSpan.FromSeconds(1));
    private readonly long _start = silo.Time.GetTimestamp();
    private long _lastLook = silo.Time.GetTimestamp();
    private long _lastWholeLook = silo.Time.GetTimestamp();
    private TimeSpan _untilLook = ShortestLook;
    private long _lastPruning = silo.Time.GetTimestamp();
    private int _endsSincePruning;
    private List<TrialEnd> _ends = [];
    private int _hinted;

    /// <summary>A trial of this silo ended.</summary>
    public void Tell(TrialEnd end) => _news.Writer.TryWrite(new News(end, default, 0));

    /// <summary>A trial of this silo reported an epoch durably, and goes on.</summary>
    public void Tell(TrialPlace place, int step) => _news.Writer.TryWrite(new News(null, place, step));

    /// <summary>Something may have happened on another silo.</summary>
    public void Hint()
    {
        if (Interlocked.Exchange(ref _hinted, 1) == 0)
        {
            _news.Writer.TryWrite(default);
        }
    }

    /// <summary>Coordinates until the sweep is over or lost, or <paramref name="stop"/>.</summary>
    /// <param name="slotsEnded">Completes when this silo's slots have, after a stop: what they still told counts.</param>
    public async Task<RunOutcome> RunAsync(Task slotsEnded, CancellationToken stop)
    {
        var grain = await SweepGrain.ActivateAsync(
            _spec, silo.Store, silo.Store, work.Trainings as ILearnsAcrossTrials, _sweep.Id, term, CancellationToken.None);
        if (_spec.KeepsNumerics)
        {
            await silo.Store.WriteAsync(new CoordinatorUnit(_sweep.Id, term) { Numerics = work.NumericsProfile }, CancellationToken.None);
        }

        var outcome = await CoordinateAsync(grain, stop);
        if (outcome == RunOutcome.Stopped)
        {
            await slotsEnded;
        }

        return outcome == RunOutcome.Lost ? outcome : await ReleaseAsync(grain, outcome, stop);
    }

    private async Task<RunOutcome> CoordinateAsync(SweepGrain grain, CancellationToken stop)
    {
        while (true)
        {
            WatchClock(grain);

            // The store is asked while it is written: the one waits for its disk, the other does not.
            var looking = LookIfDueAsync(grain);
            if (await grain.AdvanceAsync(_ends, Ahead(), CancellationToken.None) == WriteResult.Lost)
            {
                silo.Log.Information("sweep {Sweep}: not coordinated here any more", _sweep.Name);
                return RunOutcome.Lost;
            }

            silo.WorkWritten(_sweep.Id);
            _ends.ForEach(silo.TrialEnded);
            _recent.Add(_ends.Count);
            _lastSecond.Add(_ends.Count);
            _endsSincePruning += _ends.Count;
            _ends.Clear();
            _ends.AddRange((await looking).Select(grain.Ended).OfType<TrialEnd>());
            await PruneIfDueAsync();
            if (grain.IsFinished)
            {
                return grain.FinalState == SweepState.Completed ? RunOutcome.Completed : RunOutcome.Failed;
            }

            try
            {
                if (!grain.HasMoreToWrite && _ends.Count == 0)
                {
                    await WaitForNewsAsync(stop);
                }

                stop.ThrowIfCancellationRequested();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return RunOutcome.Stopped;
            }

            ReadNews(grain);
        }
    }

    /// <summary>
    /// How many trials should wait or run: enough for the slots until news of the next ends is here, which from other silos comes late and in lumps. A search
    /// that draws as results come draws no more than it must.
    /// </summary>
    private int Ahead()
    {
        var perSlot = silo.HasPeers && _spec.Search.Order != SearchOrder.AsFinished ? 32 : 2;
        return (perSlot * silo.UsableSlots) + (silo.HasPeers ? Math.Max(10 * _recent.Sum(), _lastSecond.Sum()) : 4 * _recent.Sum());
    }

    /// <summary>Whether another silo gave a hint, or trials end so fast, each slot's within a tenth of a second, that hints come too seldom.</summary>
    private bool IsNewsLikely => silo.HasPeers && (_hinted != 0 || _recent.Sum() > silo.UsableSlots);

    private async Task WaitForNewsAsync(CancellationToken stop)
    {
        // A hint that was read already is not news again.
        var rest = (IsNewsLikely ? _untilLook : LongestLook) - silo.Time.GetElapsedTime(_lastLook);
        if (rest <= TimeSpan.Zero)
        {
            return;
        }

        using var limit = new CancellationTokenSource(rest, silo.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await _news.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Time to look without a hint.
        }
    }

    private void ReadNews(SweepGrain grain)
    {
        while (_news.Reader.TryRead(out var news))
        {
            if (news.End is { } end)
            {
                _ends.Add(end);
            }
            else if (news.Step > 0)
            {
                grain.Pass(news.Place, news.Step);
            }
        }

        // What ended here may have been seen in the store too; it was told before it could be.
        _ends = [.. _ends.DistinctBy(end => (end.Trial.Id, end.Trial.Attempt))];
    }

    /// <summary>Asks the store what became of trials on other silos: at a hint of the oldest ones, as far as there is news, and of all every second.</summary>
    private async Task<IReadOnlyList<TrialRecord>> LookIfDueAsync(SweepGrain grain)
    {
        var since = silo.Time.GetElapsedTime(_lastLook);
        var isEarly = IsNewsLikely && since >= _untilLook;
        if (!isEarly && since < LongestLook)
        {
            return [];
        }

        Volatile.Write(ref _hinted, 0);
        _lastLook = silo.Time.GetTimestamp();
        var isWhole = !isEarly || silo.Time.GetElapsedTime(_lastWholeLook) >= LongestLook;
        _lastWholeLook = isWhole ? _lastLook : _lastWholeLook;
        var last = _lastLook;
        var news = new List<TrialRecord>();
        var told = _ends.Select(end => new TrialPlace(end.Trial.Number, end.Trial.Replicate)).ToHashSet();
        var open = grain.Open.Where(place => !told.Contains(place)).OrderBy(place => place.Number).ThenBy(place => place.Replicate).ToList();
        foreach (var places in open.Chunk(PlacesAtOnce))
        {
            last = silo.Time.GetTimestamp();

            // They are claimed in this order: where nothing has happened, nothing has further on, but for trials that run beside so many others.
            var trials = await silo.Store.ListProgressAsync(_sweep.Id, places, CancellationToken.None);
            news.AddRange(trials);
            if (!isWhole && trials.Count == 0)
            {
                break;
            }
        }

        // What is read before that is news.
        var look = silo.Time.GetElapsedTime(last) * LooksApart;
        _untilLook = look < ShortestLook ? ShortestLook : look < LongestLook ? look : LongestLook;
        return news;
    }

    private void WatchClock(SweepGrain grain)
    {
        if (_spec.Search.Budget.WallClock is { } limit && age + silo.Time.GetElapsedTime(_start) >= limit)
        {
            grain.End($"the budget of {limit} is spent");
        }
    }

    private async Task<RunOutcome> ReleaseAsync(SweepGrain grain, RunOutcome outcome, CancellationToken stop)
    {
        ReadNews(grain);

        // What ended between the request to stop and now still counts, and may even have been the last of it.
        if (await grain.AdvanceAsync(_ends, 0, CancellationToken.None) == WriteResult.Lost)
        {
            return RunOutcome.Lost;
        }

        _ends.ForEach(silo.TrialEnded);
        if (outcome == RunOutcome.Stopped && grain.IsFinished)
        {
            outcome = grain.FinalState == SweepState.Completed ? RunOutcome.Completed : RunOutcome.Failed;
        }

        var reason = outcome == RunOutcome.Failed ? "not one trial has a value" : "";
        SweepException? untested = null;
        if (outcome == RunOutcome.Completed)
        {
            try
            {
                (outcome, reason) = await TestWinnersAsync(stop);
            }
            catch (SweepException e) when (e is not StoreException)
            {
                // The search is over and kept: resuming it tests the winners, and nothing else.
                (outcome, reason, untested) = (RunOutcome.Stopped, $"its winners could not be tested: {e.Message}", e);
            }
        }

        if (outcome == RunOutcome.Lost)
        {
            return outcome;
        }

        if (outcome != RunOutcome.Stopped)
        {
            await PruneCheckpointsAsync();
        }

        var written = await silo.Store.WriteAsync(Conclusion(grain, outcome, reason, isPaused: silo.PausesOnStop || untested is not null), CancellationToken.None);
        silo.SweepReleased(_sweep.Id);
        return untested is not null ? throw new SweepException($"{untested.Message}; sweep resume {_sweep.Name} tests the winners again", untested)
            : written == WriteResult.Lost ? RunOutcome.Lost
            : outcome;
    }

    /// <summary>The last unit under this term. Stopped, the sweep is paused, or left to other silos as it is.</summary>
    private CoordinatorUnit Conclusion(SweepGrain grain, RunOutcome outcome, string reason, bool isPaused) => new(_sweep.Id, term)
    {
        NewState = outcome switch
        {
            RunOutcome.Completed => SweepState.Completed,
            RunOutcome.Failed => SweepState.Failed,
            _ => isPaused ? SweepState.Paused : null,
        },
        StateReason = reason.Length > 0 ? reason : outcome == RunOutcome.Stopped ? "stopped by the user" : grain.Spent ?? "",
        Release = true,
    };

    private async Task PruneIfDueAsync()
    {
        if (_endsSincePruning >= EndsBetweenPrunings && silo.Time.GetElapsedTime(_lastPruning) >= TimeBetweenPrunings)
        {
            _endsSincePruning = 0;
            await PruneCheckpointsAsync();
            _lastPruning = silo.Time.GetTimestamp();
        }
    }

    /// <summary>Removes the checkpoints that nothing can need any more; the best keep theirs, for tests and for the user.</summary>
    private async Task PruneCheckpointsAsync()
    {
        var best = await SweepRankingQuery.RankAsync(silo.Store, _spec, _sweep.Id, Math.Max(CheckpointsKept, _spec.TestTop), CancellationToken.None);
        await silo.Store.PruneCheckpointsAsync(_sweep.Id, term, [.. best.Select(ranked => ranked.Trial.Number)], CancellationToken.None);
    }

    private async Task<(RunOutcome Outcome, string Reason)> TestWinnersAsync(CancellationToken stop)
    {
        if (_spec.TestTop == 0 || work.Trainings is not ITestsWinners tester)
        {
            return (RunOutcome.Completed, "");
        }

        using var thread = new SlotScheduler("tests");
        var tests = new WinnerTests(_spec, silo.Store, silo.Store, tester) { OnTested = silo.Tested };
        try
        {
            var written = await thread.RunAsync(() => tests.RunAsync(_sweep, term, stop), CancellationToken.None);
            return (written == WriteResult.Lost ? RunOutcome.Lost : RunOutcome.Completed, tests.TestSetIsMissing ? "no test set, so no winner was tested" : "");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (RunOutcome.Stopped, "");
        }
    }

    /// <summary>A trial that ended, an epoch that one reported and went on after, or nothing but a hint.</summary>
    private readonly record struct News(TrialEnd? End, TrialPlace Place, int Step);
}
