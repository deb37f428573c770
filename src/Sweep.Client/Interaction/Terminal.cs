using Spectre.Console;

namespace Sweep.Client.Interaction;

/// <summary>The only way to the console: data for programs to standard output, everything for people to standard error.</summary>
internal sealed class Terminal
{
    private readonly Lazy<IAnsiConsole> _people = new(() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
    }));

    /// <summary>Where people read.</summary>
    public IAnsiConsole People => _people.Value;

    /// <summary>Whether a person watches, rather than a file or a pipe.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    /// <summary>Where programs read.</summary>
    public static Stream OpenData() => Console.OpenStandardOutput();

    /// <summary>A plain line for people.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>An error, in one line.</summary>
    public static void Error(string line) => Console.Error.WriteLine($"sweep: {line}");
}
