using System.CommandLine;
using System.Globalization;
using Sweep.Client.Interaction;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep silo</c>: runs trials of the store's sweeps.</summary>
internal static class SiloCommand
{
    private static readonly TimeSpan MinLease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxLease = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxDrain = TimeSpan.FromHours(24);

    public static Command Create()
    {
        var slots = SlotOption.Create();
        var name = new Option<string?>("--name") { Description = "A display name; host and pid by default", HelpName = "N" };
        var labels = new Option<string>("--labels")
        {
            Description = "Labels that sweeps can require, separated by commas: gpu,fast",
            HelpName = "LABELS",
            DefaultValueFactory = _ => "",
        };
        var untilIdle = new Option<bool>("--until-idle") { Description = "End when no sweep has work left" };
        var drain = Duration.Option(
            "--drain-timeout", "The time limit for saving running trials at a stop; 60s by default", TimeSpan.Zero, MaxDrain, new SiloOptions(1).DrainTimeout);
        var lease = Duration.Option(
            "--lease", "How long it owns its trials without a heartbeat; 10s by default", MinLease, MaxLease, SiloRecord.DefaultLease);
        var logFile = new Option<string?>("--log") { Description = "The log file. Default: next to a SQLite store; none for PostgreSQL", HelpName = "FILE" };
        var command = new Command("silo", "Run trials of the store's sweeps until a signal or until idle; any number of silos can share a store")
        {
            slots, name, labels, untilIdle, drain, lease, logFile,
        };
        command.SetAction((parsed, _) => CommandHost.GuardAsync(async () =>
        {
            var options = new SiloOptions(parsed.GetValue(slots))
            {
                Name = string.IsNullOrWhiteSpace(parsed.GetValue(name)) ? null : parsed.GetValue(name),
                Labels = parsed.GetValue(labels) is { Length: > 0 } text ? LabelList.Read("--labels", text) : "",
                Lease = parsed.GetValue(lease),
                DrainTimeout = parsed.GetValue(drain),
                UntilIdle = parsed.GetValue(untilIdle),
            };
            var verbose = parsed.GetValue(GlobalOptions.Verbose) || Terminal.IsInteractive;
            return await RunAsync(CommandHost.Db(parsed), options, parsed.GetValue(logFile), verbose);
        }));
        return command;
    }

    private static async Task<int> RunAsync(string db, SiloOptions options, string? logFile, bool verbose)
    {
        await using var store = await CommandHost.OpenAsync(db, CancellationToken.None);
        using var log = CommandLog.Open(db, logFile, verbose);
        using var signals = new StopSignals(() => Terminal.Info("stopping: running trials are being saved (a second signal stops at once)"));
        options = options with { Name = options.Name ?? $"{Environment.MachineName}-{Environment.ProcessId}" };
        Terminal.Info(Line(options, db));
        var silo = new Silo.Hosting.Silo(store, new StoredSweeps(line => log.Logger.Information("{Line:l}", line)), options, TimeProvider.System, log.Logger);
        var exit = await silo.RunAsync(signals.Token);
        Terminal.Info(exit == SiloExit.Idle ? $"silo {options.Name}: no work is left" : $"silo {options.Name}: stopped, its trials are released");
        return ExitCodes.Success;
    }

    /// <summary><c>silo node1-4711: 2 slots, labels fast,gpu, store sweep.db</c></summary>
    private static string Line(SiloOptions options, string db) => string.Create(
        CultureInfo.InvariantCulture,
        $"silo {options.Name}: {(options.Slots == 1 ? "1 slot" : $"{options.Slots} slots")}, {(options.Labels.Length == 0 ? "" : $"labels {options.Labels}, ")}store {StoreName.Of(db)}");
}
