namespace Sweep.Silo.Tests.Hosting;

/// <summary>A wall clock that is wrong; what it measures is right, but for what a test says has passed.</summary>
internal sealed class WrongClock(TimeSpan by) : TimeProvider
{
    private long _passed;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _passed);

    /// <summary>More time has passed than did; no timer is the earlier for it.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _passed, (long)(time.TotalSeconds * TimestampFrequency));
}
