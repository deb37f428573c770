using System.Threading.Channels;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>Time that passes when a test says so; timers that are due then fire, in their order, before it returns.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly Channel<bool> _created = Channel.CreateUnbounded<bool>();
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        _created.Writer.TryWrite(true);
        return timer;
    }

    /// <summary>Waits until so many timers wait for time to pass.</summary>
    public async Task UntilWaitingAsync(int timers)
    {
        while (Waiting() < timers)
        {
            await _created.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        }
    }

    public void Advance(TimeSpan by)
    {
        var end = GetTimestamp() + by.Ticks;
        while (NextDue(end) is { } timer)
        {
            Interlocked.Exchange(ref _now, timer.Due);
            timer.Fire();
        }

        Interlocked.Exchange(ref _now, end);
    }

    private int Waiting()
    {
        lock (_gate)
        {
            return _timers.Count(timer => timer.Due != long.MaxValue);
        }
    }

    private Timer? NextDue(long end)
    {
        lock (_gate)
        {
            return _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
        }
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        private long _period;

        public long Due { get; private set; } = long.MaxValue;

        public void Fire()
        {
            Due = _period > 0 ? Due + _period : long.MaxValue;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
            Due = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + dueTime.Ticks;
            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
