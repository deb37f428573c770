using System.CommandLine;
using System.Globalization;
using Sweep.Client.Interaction;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep silo</c>: a worker, for whatever sweeps the store holds.</summary>
internal static class SiloCommand
{
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestLease = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromHours(24);

    public static Command Create()
    {
        var slots = SlotOption.Create();
        var name = new Option<string?>("--name") { Description = "Its name, for people; host and pid by default", HelpName = "N" };
        var labels = new Option<string>("--labels")
        {
            Description = "What it offers to sweeps that require it, with commas between: gpu,fast",
            HelpName = "LABELS",
            DefaultValueFactory = _ => "",
        };
        var untilIdle = new Option<bool>("--until-idle") { Description = "End when no sweep is left to work on" };
        var drain = Duration.Option(
            "--drain-timeout", "How long running trials may take to be saved at a stop; 60s by default", TimeSpan.Zero, LongestDrain, new SiloOptions(1).DrainTimeout);
        var lease = Duration.Option(
            "--lease", "How long it owns its trials without being heard of; 10s by default", ShortestLease, LongestLease, SiloRecord.DefaultLease);
        var logFile = new Option<string?>("--log") { Description = "The log file; beside the store by default, if that is a file", HelpName = "FILE" };
        var command = new Command("silo", "Run trials of the store's sweeps, until a signal or until idle: as many silos as wanted")
        {
            slots, name, labels, untilIdle, drain, lease, logFile,
        };
        command.SetAction((parsed, _) => CommandHost.GuardAsync(async () =>
        {
            var options = new SiloOptions(parsed.GetValue(slots))
            {
                Name = string.IsNullOrWhiteSpace(parsed.GetValue(name)) ? null : parsed.GetValue(name),
                Labels = parsed.GetValue(labels) is { Length: > 0 } text ? LabelWords.Read("--labels", text) : "",
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
        using var signals = new StopSignals(() => Terminal.Say("stopping: running trials are being saved (once more stops at once)"));
        options = options with { Name = options.Name ?? $"{Environment.MachineName}-{Environment.ProcessId}" };
        Terminal.Say(Line(options, db));
        var silo = new Silo.Hosting.Silo(store, new StoredSweeps(line => log.Logger.Information("{Line:l}", line)), options, TimeProvider.System, log.Logger);
        var exit = await silo.RunAsync(signals.Token);
        Terminal.Say(exit == SiloExit.Idle ? $"silo {options.Name}: nothing is left to do" : $"silo {options.Name}: stopped, what it ran is given back");
        return ExitCodes.Success;
    }

    /// <summary><c>silo node1-4711: 2 slots, labels fast,gpu, store sweep.db</c></summary>
    private static string Line(SiloOptions options, string db) => string.Create(
        CultureInfo.InvariantCulture,
        $"silo {options.Name}: {(options.Slots == 1 ? "1 slot" : $"{options.Slots} slots")}, {(options.Labels.Length == 0 ? "" : $"labels {options.Labels}, ")}store {StoreName.Of(db)}");
}
