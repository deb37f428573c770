using System.CommandLine;
using System.CommandLine.Parsing;
using Sweep.Client.Interaction;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary>Reports the errors of a command line, one line each, with a pointer to the help.</summary>
internal static class UsageErrors
{
    /// <summary>The exit code if the command line is invalid, else null.</summary>
    public static int? Report(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0)
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        if (command is RootCommand && parsed.UnmatchedTokens is [var word, ..])
        {
            Terminal.Error($"'{word}' is not a command; {Spelling.Hint(word, [.. command.Subcommands.Select(c => c.Name)])}");
        }
        else if (command is RootCommand)
        {
            Terminal.Error($"a command is required: {string.Join(", ", command.Subcommands.Select(c => c.Name))}");
        }
        else
        {
            foreach (var error in parsed.Errors)
            {
                Terminal.Error(Text(error, command));
            }
        }

        Terminal.Info($"see: sweep{Path(command)} --help");
        return ExitCodes.BadInput;
    }

    /// <summary><c> db check</c>: the path of a command.</summary>
    private static string Path(Command command) => command is RootCommand ? "" : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";

    private static string Text(ParseError error, Command command)
    {
        if (error.SymbolResult is CommandResult && error.Message.StartsWith("Unrecognized", StringComparison.Ordinal))
        {
            var word = error.Message.Split('\'')[1];
            var options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options)).Select(o => o.Name);
            return word.StartsWith('-')
                ? $"'{word}' is not an option of {command.Name}; {Spelling.Hint(word, [.. options])}"
                : $"unexpected argument '{word}' of {command.Name}";
        }

        return error.Message;
    }
}
