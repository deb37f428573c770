using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sweep.Client.Commands;

/// <summary>Options and arguments that take a whole number within bounds; other values are rejected with one error.</summary>
internal static class WholeNumber
{
    public static Option<int> Option(string name, string[] aliases, string helpName, string description, int max, Func<int> defaultValue) =>
        Option(name, aliases, helpName, description, 1, max, defaultValue);

    public static Option<int> Option(string name, string[] aliases, string helpName, string description, int min, int max, Func<int> defaultValue) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => defaultValue(),
            CustomParser = result => Parse(result, name, min, max),
        };

    /// <summary>An optional number of at least 1.</summary>
    public static Option<int?> OptionalOption(string name, string helpName, string description, int max) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, name, 1, max),
    };

    public static Argument<int> Argument(string name, string description, int min) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, name, min, int.MaxValue),
    };

    private static int Parse(ArgumentResult result, string name, int min, int max) =>
        Parse(result, result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value, name, min, max);

    /// <summary>Parses a number; adds an error to the result if it is invalid.</summary>
    public static int Parse(ArgumentResult result, string text, string name, int min, int max)
    {
        if (int.TryParse(text, min < 0 ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }

        result.AddError($"{name}: '{text}' is not a whole number from {min} to {max}");
        return min;
    }
}
