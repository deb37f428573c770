using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep set SWEEP key=value…</c>: changes the number of trials and the placement.</summary>
internal static class SetCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var settings = new Argument<string[]>("KEY=VALUE")
        {
            Description = "trials=N (in all), slots=N|none, priority=N, requires=LABELS|none, poison_after=N (0: never)",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("set", "Change the number of trials of a sweep, or where and when they run") { name, settings };
        command.SetAction((parsed, cancellationToken) => CommandHost.ChangeAsync(parsed, parsed.GetValue(name)!, async (store, sweep, spec) =>
        {
            var change = PlacementChange.Read(sweep.Placement, parsed.GetValue(settings)!);
            var more = More(sweep, spec, change.Trials);
            if (change.Placement != sweep.Placement)
            {
                await store.PlaceSweepAsync(sweep.Id, change.Placement, cancellationToken);
            }

            if (more > 0)
            {
                var result = await store.ExtendSweepAsync(sweep.Id, more, cancellationToken);
                Terminal.Info(result.State == SweepState.Paused
                    ? $"sweep {sweep.Name} has {change.Trials} trials now: sweep resume {sweep.Name}{StoreName.Option(CommandHost.Db(parsed))}"
                    : $"sweep {sweep.Name} has {change.Trials} trials now; new ones start when slots are free");
            }

            Terminal.Info(more == 0 && change.Placement == sweep.Placement
                ? $"sweep {sweep.Name} has these settings already: nothing was changed"
                : $"sweep {sweep.Name}: {Text(change.Placement)}");
            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>The number of trials to add. Throws before anything is written if the total is too small.</summary>
    private static int More(SweepRecord sweep, SweepSpec spec, int? trials)
    {
        if (trials is not { } total || total == spec.Search.Trials)
        {
            return 0;
        }

        if (total < spec.Search.Trials)
        {
            throw new SweepException($"trials: sweep {sweep.Name} has {spec.Search.Trials} trials already, more than {total}; sweep cancel ends it and keeps its results");
        }

        var more = total - spec.Search.Trials;
        spec.Extended([.. sweep.More, more]);
        return more;
    }

    private static string Text(SweepPlacement placement) =>
        $"priority {placement.Priority}, {(placement.Slots is { } slots ? $"at most {slots} {(slots == 1 ? "slot" : "slots")}" : "any number of slots")}, "
        + $"{(placement.Requires.Length > 0 ? $"on silos with {placement.Requires}" : "on any silo")}, "
        + (placement.PoisonAfter > 0 ? $"poisoned after {placement.PoisonAfter} deaths" : "never poisoned");
}
