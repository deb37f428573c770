using System.CommandLine;
using Sweep.Client.Interaction;

namespace Sweep.Client.Commands;

/// <summary><c>sweep watch SWEEP</c>: the live view of a sweep that runs anywhere.</summary>
internal static class WatchCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var command = new Command("watch", "Follow a sweep to its end, wherever it runs; Ctrl-C stops following, the sweep continues") { name };
        command.SetAction((parsed, _) => CommandHost.ReadAsync(
            parsed, store => SweepWatch.FollowAsync(terminal, store, parsed.GetValue(name)!, CommandHost.Db(parsed), CancellationToken.None)));
        return command;
    }
}
