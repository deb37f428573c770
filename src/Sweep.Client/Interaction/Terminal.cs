using Spectre.Console;

namespace Sweep.Client.Interaction;

/// <summary>The only way to the console: data for programs to standard output, everything for people to standard error.</summary>
internal sealed class Terminal
{
    // Without a terminal there is no width to keep to; a line is as long as a wide screen.
    private const int PlainWidth = 160;

    private readonly Lazy<IAnsiConsole> _people = new(Create);

    /// <summary>Where people read.</summary>
    public IAnsiConsole People => _people.Value;

    /// <summary>Whether a person watches, rather than a file or a pipe.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    /// <summary>Where programs read.</summary>
    public static Stream OpenData() => Console.OpenStandardOutput();

    private static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsInteractive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!IsInteractive)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    /// <summary>Whether somebody can be asked.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && IsInteractive;

    /// <summary>A line for programs.</summary>
    public static void Print(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    /// <summary>Asks a question that is answered with yes or no; anything but yes is no.</summary>
    public static bool Confirm(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    /// <summary>A plain line for people.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);

    /// <summary>An error, in one line.</summary>
    public static void Error(string line) => Console.Error.WriteLine($"sweep: {line}");
}
