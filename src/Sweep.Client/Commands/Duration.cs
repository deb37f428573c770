using System.CommandLine;
using System.Globalization;

namespace Sweep.Client.Commands;

/// <summary>Options that take a time: <c>500ms</c>, <c>10s</c>, <c>1.5m</c>, <c>2h</c>.</summary>
internal static class Duration
{
    private static readonly (string Name, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    public static Option<TimeSpan> Option(string name, string description, TimeSpan least, TimeSpan most, TimeSpan byDefault) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (Parse(text) is { } time && time >= least && time <= most)
            {
                return time;
            }

            result.AddError($"{name}: '{text}' is not a time from {Text(least)} to {Text(most)}, such as 500ms, 10s, 1.5m or 2h");
            return byDefault;
        },
    };

    /// <summary>A number with a unit; null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        foreach (var (unit, seconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * seconds < TimeSpan.MaxValue.TotalSeconds / 2)
            {
                return TimeSpan.FromSeconds(number * seconds);
            }
        }

        return null;
    }

    /// <summary>In the largest unit that it is a whole number of.</summary>
    private static string Text(TimeSpan time)
    {
        var (name, seconds) = Units.Last(unit => time == TimeSpan.Zero ? unit.Name == "s" : time.TotalSeconds % unit.Seconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds / seconds:0.###}{name}");
    }
}
