using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sweep.Client.Commands;

/// <summary>Options and arguments that take a whole number within bounds; anything else is one clear error.</summary>
internal static class WholeNumber
{
    public static Option<int> Option(string name, string[] aliases, string helpName, string description, int most, Func<int> byDefault) =>
        Option(name, aliases, helpName, description, 1, most, byDefault);

    public static Option<int> Option(string name, string[] aliases, string helpName, string description, int least, int most, Func<int> byDefault) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => byDefault(),
            CustomParser = result => Parse(result, name, least, most),
        };

    /// <summary>One from 1 on that may be left out.</summary>
    public static Option<int?> OptionalOption(string name, string helpName, string description, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result => Parse(result, name, 1, most),
    };

    public static Argument<int> Argument(string name, string description, int least) => new(name)
    {
        Description = description,
        CustomParser = result => Parse(result, name, least, int.MaxValue),
    };

    private static int Parse(ArgumentResult result, string name, int least, int most) =>
        Parse(result, result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value, name, least, most);

    /// <summary>A number, or an error of the result.</summary>
    public static int Parse(ArgumentResult result, string text, string name, int least, int most)
    {
        if (int.TryParse(text, least < 0 ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        result.AddError($"{name}: '{text}' is not a whole number from {least} to {most}");
        return least;
    }
}
