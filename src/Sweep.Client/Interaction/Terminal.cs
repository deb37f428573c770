using System.Text;
using Spectre.Console;

namespace Sweep.Client.Interaction;

/// <summary>All console output: machine-readable data to standard output, human-readable text to standard error.</summary>
internal sealed class Terminal
{
    // The line width of output that is not a terminal.
    private const int PlainWidth = 160;

    private readonly Lazy<IAnsiConsole> _display = new(Create);
    private static readonly DisplayWriter Errors = new(Console.Error);

    /// <summary>The human-readable output.</summary>
    public IAnsiConsole Display => _display.Value;

    /// <summary>Whether standard error is an interactive terminal.</summary>
    public static bool IsInteractive => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb");

    /// <summary>The machine-readable output. A failed write throws <see cref="OutputException"/>; after the reader has closed the pipe, writes are ignored.</summary>
    public static Stream OpenData() => new DataStream(Console.OpenStandardOutput());

    /// <summary>Whether human-readable output was dropped because it could not be written. The command continues.</summary>
    public static bool HasLostOutput => Errors.HasFailed;

    /// <summary>Replaces the console's writers by those of this class. Called before the first output.</summary>
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

    /// <summary>Whether a question can be asked interactively.</summary>
    public static bool CanAsk => !Console.IsInputRedirected && IsInteractive;

    /// <summary>A line of machine-readable output.</summary>
    public static void Print(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    /// <summary>Asks a yes-or-no question; any answer except yes is no.</summary>
    public static bool Confirm(string question)
    {
        Console.Error.Write($"{question} [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }

    /// <summary>A line of human-readable output.</summary>
    public static void Info(string line) => Console.Error.WriteLine(line);

    /// <summary>An error, in one line.</summary>
    public static void Error(string line) => Console.Error.WriteLine($"sweep: {line}");
}
