using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Sweep.Client.Commands;

/// <summary>The log of a command that trains. A log that cannot be written does not stop the training.</summary>
internal sealed class CommandLog : IDisposable
{
    private readonly Logger _logger;

    private CommandLog(Logger logger) => _logger = logger;

    public ILogger Logger => _logger;

    /// <summary>Opens the log: a file, and standard error if verbose.</summary>
    /// <param name="file">The file; null for the default: next to a SQLite store, none for a PostgreSQL store.</param>
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
            // Serilog ignores failed writes, but not a failed flush when the file is closed.
        }
    }
}
