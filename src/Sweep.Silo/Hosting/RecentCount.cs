namespace Sweep.Silo.Hosting;

/// <summary>How much happened lately. For use by one thread at a time.</summary>
/// <param name="span">What lately means.</param>
internal sealed class RecentCount(TimeProvider time, TimeSpan span)
{
    /// <summary>What it means where nothing else is said.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMilliseconds(100);

    private const int Buckets = 10;
    private readonly int[] _counts = new int[Buckets];
    private readonly long _ticksPerBucket = (long)(time.TimestampFrequency * span.TotalSeconds / Buckets);
    private long _current;
    private long _since;

    public void Add(int count) => Add(count, time.GetTimestamp());

    /// <summary>Counts what took a while.</summary>
    /// <param name="begun">The timestamp of its beginning.</param>
    public void Add(int count, long begun)
    {
        _since = Sum() == 0 ? begun : _since;
        _counts[_current % Buckets] += count;
    }

    /// <summary>How much would happen in such a span at the pace since it began, if that was lately; a tenth of the span counts at least.</summary>
    public int Expected()
    {
        var spans = time.GetElapsedTime(_since) / span;
        return (int)(Sum() / Math.Clamp(spans, 1.0 / Buckets, 1));
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
