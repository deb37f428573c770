using System.CommandLine;
using System.Globalization;

namespace Sweep.Client.Commands;

/// <summary>Options that take a duration: <c>500ms</c>, <c>10s</c>, <c>1.5m</c>, <c>2h</c>.</summary>
internal static class Duration
{
    private static readonly (string Name, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    public static Option<TimeSpan> Option(string name, string description, TimeSpan min, TimeSpan max, TimeSpan defaultValue) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (Parse(text) is { } time && time >= min && time <= max)
            {
                return time;
            }

            result.AddError($"{name}: '{text}' is not a time from {Text(min)} to {Text(max)}, such as 500ms, 10s, 1.5m or 2h");
            return defaultValue;
        },
    };

    /// <summary>Parses a number with a unit; null for any other text.</summary>
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

    /// <summary>Formats a time in the largest unit of which it is a whole number.</summary>
    private static string Text(TimeSpan time)
    {
        var (name, seconds) = Units.Last(unit => time == TimeSpan.Zero ? unit.Name == "s" : time.TotalSeconds % unit.Seconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds / seconds:0.###}{name}");
    }
}
