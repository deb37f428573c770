using System.CommandLine;
using System.Globalization;

namespace Sweep.Client.Commands;

/// <summary>An option that takes a whole number within bounds; anything else is one clear error.</summary>
internal static class CountOption
{
    public static Option<int> Create(string name, string[] aliases, string helpName, string description, int most, Func<int> byDefault)
    {
        var option = new Option<int>(name, aliases)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => byDefault(),
        };
        option.CustomParser = result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most)
            {
                return value;
            }

            result.AddError($"{name}: '{text}' is not a whole number from 1 to {most}");
            return 1;
        };
        return option;
    }
}
