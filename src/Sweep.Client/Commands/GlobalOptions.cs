using System.CommandLine;

namespace Sweep.Client.Commands;

/// <summary>Options of all commands.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string> Db = new("--db")
    {
        Description = "The store: a SQLite file, or postgres://user@host/database. The environment variable SWEEP_DB sets another default",
        HelpName = "STORE",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SWEEP_DB") is { Length: > 0 } path ? path : "sweep.db",
    };

    public static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Write the log to standard error as well",
        Recursive = true,
    };

    /// <summary>The option of commands that print data.</summary>
    public static Option<bool> Json() => new("--json")
    {
        Description = "Print JSON to standard output",
    };
}
