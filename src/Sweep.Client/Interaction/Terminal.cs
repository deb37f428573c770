using System.Text;
using Spectre.Console;

namespace Sweep.Client.Interaction;

/// <summary>The only way to the console: data for programs to standard output, everything for people to standard error.</summary>
internal sealed class Terminal
{
    // Without a terminal there is no width to keep to; a line is as long as a wide screen.
    private const int PlainWidth = 160;

    private readonly Lazy<IAnsiConsole> _people = new(Create);
    private static readonly PeopleWriter Errors = new(Console.Error);

    /// <summary>Where people read.</summary>
    public IAnsiConsole People => _people.Value;

    /// <summary>Whether a person watches, rather than a file or a pipe.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    /// <summary>Where programs read. Writing fails with <see cref="OutputException"/>, unless the reader is gone: then nothing more is written.</summary>
    public static Stream OpenData() => new DataStream(Console.OpenStandardOutput());

    /// <summary>Whether something for people could not be written. It is dropped: what the command does goes on.</summary>
    public static bool HasLostText => Errors.HasFailed;

    /// <summary>Makes the console's own writers fail as the members of this class do; called before anything is written.</summary>
    public static void Guard()
    {
        Console.SetError(Errors);
        Console.SetOut(new StreamWriter(OpenData(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
    }

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
