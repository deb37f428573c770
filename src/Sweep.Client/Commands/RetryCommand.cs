using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep retry SWEEP [TRIAL…]</c>: queues failed trials again.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var numbers = new Argument<int[]>("TRIAL")
        {
            Description = "Numbers of failed, canceled or poisoned trials. Default: all failed and poisoned trials",
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = result => [.. result.Tokens.Select(token => WholeNumber.Parse(result, token.Value, "TRIAL", 0, int.MaxValue))],
        };
        var command = new Command("retry", "Queue failed trials again; resume runs them") { name, numbers };
        command.SetAction((parsed, cancellationToken) => CommandHost.ChangeAsync(parsed, parsed.GetValue(name)!, async (store, sweep, _) =>
        {
            var trials = await ChooseAsync(store, sweep, parsed.GetValue(numbers) ?? [], cancellationToken);
            if (trials.Count == 0)
            {
                Terminal.Info($"sweep {sweep.Name} has no trial that failed");
                return ExitCodes.Success;
            }

            var result = await store.RetryTrialsAsync(sweep.Id, [.. trials.Select(trial => trial.Id)], cancellationToken);
            var waiting = result.Changed == 1 ? "1 trial is" : $"{result.Changed} trials are";
            Terminal.Info(result.State == SweepState.Paused
                ? $"{waiting} queued again: sweep resume {sweep.Name}{StoreName.Option(CommandHost.Db(parsed))}"
                : $"{waiting} queued again, to run when a slot is free");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static async Task<List<TrialRecord>> ChooseAsync(IStore store, SweepRecord sweep, int[] numbers, CancellationToken cancellationToken)
    {
        if (numbers.Length == 0)
        {
            var all = await store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, cancellationToken);
            return [.. all.Where(trial => trial.State is TrialState.Failed or TrialState.Poisoned)];
        }

        var chosen = new List<TrialRecord>();
        foreach (var number in numbers.Distinct())
        {
            var replicates = await store.FindTrialsAsync(sweep.Id, number, cancellationToken);
            if (replicates.Count == 0)
            {
                throw new NotFoundException($"sweep {sweep.Name} has no trial {number}");
            }

            var failed = replicates.Where(trial => trial.State is TrialState.Failed or TrialState.Poisoned or TrialState.Canceled).ToList();
            chosen.AddRange(failed.Count > 0 ? failed : throw new SweepException(RejectionReason(replicates)));
        }

        return chosen;
    }

    private static string RejectionReason(IReadOnlyList<TrialRecord> replicates) => replicates.Any(trial => trial.State == TrialState.Diverged)
        ? $"trial {replicates[0].Number} diverged: it would diverge again in the same step"
        : $"trial {replicates[0].Number} is {States.Name(replicates[0].State)}: only one that failed, was canceled or poisoned can be tried again";
}
