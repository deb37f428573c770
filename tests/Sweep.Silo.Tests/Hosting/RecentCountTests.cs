using Sweep.Silo.Hosting;

namespace Sweep.Silo.Tests.Hosting;

public sealed class RecentCountTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Sum_IsOfTheLastSpan()
    {
        var count = new RecentCount(_time, RecentCount.Span);
        count.Add(3);
        Pass(50);
        count.Add(4);
        Assert.Equal(7, count.Sum());
        Pass(55);
        Assert.Equal(4, count.Sum());
        Pass(100);
        Assert.Equal(0, count.Sum());
    }

    [Theory]
    [InlineData(0, 160)] // A tenth of the span counts at least.
    [InlineData(25, 64)]
    [InlineData(50, 32)]
    [InlineData(95, 16)]
    [InlineData(250, 0)]
    public void Expected_AtTheBeginning_IsAtThePaceSinceThen(int milliseconds, int expected)
    {
        var count = new RecentCount(_time, RecentCount.Span);
        Pass(1000);
        count.Add(16);
        Pass(milliseconds);
        Assert.Equal(expected, count.Expected());
    }

    [Fact]
    public void Expected_OfWhatTookAWhile_IsSinceItsBeginning()
    {
        var count = new RecentCount(_time, RecentCount.Span);
        Pass(1000);
        var begun = _time.GetTimestamp();
        Pass(50);
        count.Add(16, begun);
        Assert.Equal(32, count.Expected());
    }

    [Fact]
    public void Expected_LongAfterTheBeginning_IsTheSum()
    {
        var count = new RecentCount(_time, RecentCount.Span);
        for (var i = 0; i < 50; i++)
        {
            count.Add(2);
            Pass(10);
        }

        Assert.Equal(count.Sum(), count.Expected());
        Assert.InRange(count.Sum(), 18, 20);
    }

    [Fact]
    public void Expected_AfterAPause_BeginsAgain()
    {
        var count = new RecentCount(_time, RecentCount.Span);
        count.Add(100);
        Pass(500);
        count.Add(10);
        Pass(20);
        Assert.Equal(50, count.Expected());
    }

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
