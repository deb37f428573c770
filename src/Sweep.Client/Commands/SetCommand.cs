using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep set SWEEP key=value…</c>: how many trials, where and when, from now on.</summary>
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
        var command = new Command("set", "Change how many trials a sweep has, or where and when they run") { name, settings };
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
                Terminal.Say(result.State == SweepState.Paused
                    ? $"sweep {sweep.Name} has {change.Trials} trials to make: sweep resume {sweep.Name}{StoreName.Option(CommandHost.Db(parsed))}"
                    : $"sweep {sweep.Name} has {change.Trials} trials to make, as soon as slots are free");
            }

            Terminal.Say(more == 0 && change.Placement == sweep.Placement
                ? $"sweep {sweep.Name} is so already: nothing was changed"
                : $"sweep {sweep.Name}: {Text(change.Placement)}");
            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>How many trials more that is; nothing is written when it cannot be.</summary>
    private static int More(SweepRecord sweep, SweepSpec spec, int? trials)
    {
        if (trials is not { } total || total == spec.Search.Trials)
        {
            return 0;
        }

        if (total < spec.Search.Trials)
        {
            throw new SweepException($"trials: sweep {sweep.Name} has {spec.Search.Trials} already, {total} are fewer; sweep cancel ends it with what it found");
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
