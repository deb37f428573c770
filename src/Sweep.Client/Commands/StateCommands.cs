using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep pause SWEEP</c> and <c>sweep cancel SWEEP</c>: change the state of a sweep, wherever it runs.</summary>
internal static class StateCommands
{
    public static Command CreatePause()
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var command = new Command("pause", "Pause a sweep, wherever it runs: running trials are saved, no new ones start") { name };
        command.SetAction((parsed, cancellationToken) => CommandHost.ChangeAsync(parsed, parsed.GetValue(name)!, async (store, sweep, _) =>
        {
            if (sweep.State == SweepState.Paused)
            {
                Terminal.Info($"sweep {sweep.Name} is paused already");
                return ExitCodes.Success;
            }

            RequireOpen(sweep, "paused");
            var result = await store.ChangeSweepAsync(sweep.Id, SweepChange.Pause, cancellationToken);
            Require(sweep, result, SweepState.Paused);
            Terminal.Info($"sweep {sweep.Name} is paused. To resume: sweep resume {sweep.Name}{StoreName.Option(CommandHost.Db(parsed))}");
            return ExitCodes.Success;
        }));
        return command;
    }

    public static Command CreateCancel()
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var command = new Command("cancel", "End a sweep, wherever it runs; its results are kept") { name };
        command.SetAction((parsed, cancellationToken) => CommandHost.ChangeAsync(parsed, parsed.GetValue(name)!, async (store, sweep, _) =>
        {
            RequireOpen(sweep, "canceled");
            var result = await store.ChangeSweepAsync(sweep.Id, SweepChange.Cancel, cancellationToken);
            Require(sweep, result, SweepState.Canceled);
            Terminal.Info($"sweep {sweep.Name} is canceled, {(result!.Changed == 1 ? "1 trial" : $"{result.Changed} trials")} with it; its results are kept");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void RequireOpen(SweepRecord sweep, string change)
    {
        if (sweep.State.IsOver())
        {
            throw new SweepException($"sweep {sweep.Name} is {States.Name(sweep.State)}: only a sweep that is not over can be {change}");
        }
    }

    /// <summary>Another process may have changed the sweep first.</summary>
    private static void Require(SweepRecord sweep, SweepChangeResult? result, SweepState wanted)
    {
        if (result is null)
        {
            throw new NotFoundException($"sweep {sweep.Name} was deleted");
        }

        if (result.State != wanted)
        {
            throw new SweepException($"sweep {sweep.Name} is {States.Name(result.State)} now: nothing was changed");
        }
    }
}
