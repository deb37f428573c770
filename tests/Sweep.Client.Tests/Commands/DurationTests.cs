using Sweep.Client.Commands;

namespace Sweep.Client.Tests.Commands;

/// <summary>Times on the command line.</summary>
public sealed class DurationTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("10s", 10)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    public void Time_IsANumberWithAUnit(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1d")]
    [InlineData("1e300h")]
    public void AnythingElse_IsNone(string text) => Assert.Null(Duration.Parse(text));
}
