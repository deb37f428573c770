namespace Sweep.Silo.Tests.Hosting;

/// <summary>A wall clock that is wrong; what it measures is right.</summary>
internal sealed class WrongClock(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
}
