using System.Globalization;

namespace Sweep.Client.Tests.Faults;

/// <summary>A test of minutes that runs on request only: SWEEP_TORTURE says for how long (<c>5m</c>, <c>90s</c>), SWEEP_SEED with which seed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TortureFactAttribute : TheoryAttribute
{
    public TortureFactAttribute()
    {
        if (Asked is null)
        {
            Skip = "minutes of random faults, on request only: SWEEP_TORTURE=5m ./test --filter category=torture";
        }
    }

    /// <summary>For how long faults are made, each test; null when they are not asked for.</summary>
    public static TimeSpan? Asked => Environment.GetEnvironmentVariable("SWEEP_TORTURE") is { Length: > 1 } text ? Read(text) : null;

    /// <summary>The seed that was given, or one that nobody knows yet.</summary>
    public static int Seed => Environment.GetEnvironmentVariable("SWEEP_SEED") is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : Environment.TickCount & 0xFFFFFF;

    private static TimeSpan Read(string text)
    {
        var number = double.TryParse(text[..^1], CultureInfo.InvariantCulture, out var parsed) && parsed > 0 ? parsed : double.NaN;
        return text[^1] switch
        {
            'm' when !double.IsNaN(number) => TimeSpan.FromMinutes(number),
            's' when !double.IsNaN(number) => TimeSpan.FromSeconds(number),
            _ => throw new FormatException($"SWEEP_TORTURE: {text} is not a time such as 5m or 90s"),
        };
    }
}
