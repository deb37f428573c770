using System.Globalization;

namespace Sweep.Client.Rendering;

/// <summary>Human-readable numbers.</summary>
internal static class Numbers
{
    /// <summary>A metric: four decimals, or five significant digits when it is small or large; a dash if there is no value.</summary>
    public static string Metric(double? value) => value switch
    {
        null => "-",
        { } v when IsPlain(v) => v.ToString("0.0000", CultureInfo.InvariantCulture),
        { } v => v.ToString("0.####e+0", CultureInfo.InvariantCulture),
    };

    /// <summary>A standard deviation with the decimals of its value.</summary>
    public static string Deviation(double value, double deviation) =>
        IsPlain(value) && deviation < 1 ? deviation.ToString("0.0000", CultureInfo.InvariantCulture) : Metric(deviation);

    /// <summary>A parameter or learning rate: four significant digits.</summary>
    public static string Parameter(double value) => value == Math.Truncate(value) && Math.Abs(value) < 1e9
        ? value.ToString("0", CultureInfo.InvariantCulture)
        : Math.Abs(value) is >= 1e-4 and < 1e6
            ? value.ToString("0.########", CultureInfo.InvariantCulture) is { Length: <= 6 } shortForm
                ? shortForm
                : value.ToString("G4", CultureInfo.InvariantCulture)
            : value.ToString("0.###e+0", CultureInfo.InvariantCulture);

    /// <summary>A duration: <c>0.4 s</c>, <c>1:05</c>, <c>2:03:04</c>.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds < 10
        ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
        : time.TotalHours < 1
            ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : ((int)time.TotalHours).ToString(CultureInfo.InvariantCulture) + time.ToString(@"\:mm\:ss", CultureInfo.InvariantCulture);

    private static bool IsPlain(double v) => v == 0 || (Math.Abs(v) >= 0.001 && Math.Abs(v) < 10_000);
}
