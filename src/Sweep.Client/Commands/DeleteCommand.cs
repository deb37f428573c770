using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;

namespace Sweep.Client.Commands;

/// <summary><c>sweep delete SWEEP</c>: deletes a sweep with its trials, reports and checkpoints, wherever it runs.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new Command("delete", "Delete a sweep with its trials, reports and checkpoints, wherever it runs") { name, yes };
        command.SetAction((parsed, cancellationToken) => CommandHost.ChangeAsync(parsed, parsed.GetValue(name)!, async (store, sweep, _) =>
        {
            var trials = (await store.SummarizeAsync(sweep.Id, cancellationToken)).Counts.Values.Sum();
            var what = $"sweep {sweep.Name} ({States.Name(sweep.State)}) with {(trials == 1 ? "1 trial" : $"{trials} trials")}";
            if (!parsed.GetValue(yes))
            {
                if (!Terminal.CanAsk)
                {
                    throw new SweepException($"{what} would be deleted permanently: confirm with --yes");
                }

                if (!Terminal.Confirm($"delete {what} permanently?"))
                {
                    Terminal.Info("nothing was deleted");
                    return ExitCodes.Failure;
                }
            }

            if (!await store.DeleteSweepAsync(sweep.Id, cancellationToken))
            {
                throw new NotFoundException($"sweep {sweep.Name} was deleted by another process");
            }

            Terminal.Info($"sweep {sweep.Name} is deleted");
            return ExitCodes.Success;
        }));
        return command;
    }
}
