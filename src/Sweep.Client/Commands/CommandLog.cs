using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Sweep.Client.Commands;

/// <summary>The log of a command that trains. One that cannot be written is dropped: it ends no training.</summary>
internal sealed class CommandLog : IDisposable
{
    private readonly Logger _logger;

    private CommandLog(Logger logger) => _logger = logger;

    public ILogger Logger => _logger;

    /// <summary>A file, and standard error when asked.</summary>
    /// <param name="file">Which file; null for the one beside a store that is a file, and for none beside any other.</param>
    public static CommandLog Open(string db, string? file, bool verbose)
    {
        var configuration = new LoggerConfiguration().MinimumLevel.Information();
        if ((file ?? StoreName.LogBeside(db)) is { } path)
        {
            configuration.WriteTo.File(
                path,
                outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}",
                shared: true);
        }

        if (verbose)
        {
            configuration.WriteTo.Console(
                outputTemplate: "{Level:u3} {Message:lj}{NewLine}{Exception}",
                standardErrorFromLevel: LogEventLevel.Verbose);
        }

        return new CommandLog(configuration.CreateLogger());
    }

    public void Dispose()
    {
        try
        {
            _logger.Dispose();
        }
        catch (IOException)
        {
            // Serilog drops what it cannot write, but not what is left when the file is closed.
        }
    }
}
