namespace Sweep.Silo.Hosting;

/// <summary>How much happened in the last tenth of a second. For use by one thread at a time.</summary>
internal sealed class RecentCount(TimeProvider time)
{
    /// <summary>What recent means.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMilliseconds(100);

    private const int Buckets = 10;
    private readonly int[] _counts = new int[Buckets];
    private readonly long _ticksPerBucket = time.TimestampFrequency / 100;
    private long _current;

    public void Add(int count)
    {
        Advance();
        _counts[_current % Buckets] += count;
    }

    public int Sum()
    {
        Advance();
        return _counts.Sum();
    }

    private void Advance()
    {
        var now = time.GetTimestamp() / _ticksPerBucket;
        for (var bucket = Math.Max(_current + 1, now - Buckets + 1); bucket <= now; bucket++)
        {
            _counts[bucket % Buckets] = 0;
        }

        _current = now;
    }
}
