using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep export-weights SWEEP TRIAL FILE</c>: exports the weights of a trial for PyTorch.</summary>
internal static class ExportWeightsCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var number = WholeNumber.Argument("TRIAL", "The trial's number, from 0", 0);
        var file = new Argument<string>("FILE") { Description = "The file to write; PyTorch's torch.load returns a dict from names to tensors" };
        var replicate = WholeNumber.Option("--replicate", [], "R", "Which replicate, from 0", 0, int.MaxValue, () => 0);
        var command = new Command("export-weights", "Write a trial's weights to a file that PyTorch's torch.load reads") { name, number, file, replicate };
        command.SetAction((parsed, cancellationToken) => CommandHost.ReadAsync(parsed, async store =>
        {
            var (sweep, spec) = await CommandHost.FindAsync(store, parsed.GetValue(name)!, CommandHost.Db(parsed), cancellationToken);
            var trial = (await store.FindTrialsAsync(sweep.Id, parsed.GetValue(number), cancellationToken)).FirstOrDefault(t => t.Replicate == parsed.GetValue(replicate))
                ?? throw new NotFoundException(spec.Replicates.Count > 1
                    ? $"sweep {sweep.Name} has no trial {parsed.GetValue(number)}.{parsed.GetValue(replicate)}"
                    : $"sweep {sweep.Name} has no trial {parsed.GetValue(number)}{(parsed.GetValue(replicate) > 0 ? $".{parsed.GetValue(replicate)}" : "")}");
            var checkpoint = await store.FindFinalCheckpointAsync(trial.Id, cancellationToken)
                ?? throw new NotFoundException(
                    $"trial {TrialName.Of(spec, trial)} is {States.Name(trial.State)} and has no checkpoint: it was removed, or none was written yet; the best ten trials of a sweep keep theirs");
            using var trainings = Trainings.Prepare(spec, Terminal.Info);
            if (trainings is not IExportsWeights exporter)
            {
                throw new SweepException($"sweep {sweep.Name} does not train a model: its trials have no weights");
            }

            StoredSweeps.CheckInputs(sweep, await trainings.LoadInputsAsync(cancellationToken));
            Export(exporter, trial, checkpoint, parsed.GetValue(file)!);
            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>Writes to a temporary file and renames it, so that the file is always complete.</summary>
    private static void Export(IExportsWeights trainings, TrialRecord trial, Checkpoint checkpoint, string file)
    {
        var unfinished = file + ".part";
        try
        {
            IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> weights;
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
            {
                weights = trainings.ExportWeights(trial, checkpoint, stream);
            }

            File.Move(unfinished, file, overwrite: true);
            foreach (var (name, shape) in weights)
            {
                Terminal.Info($"{name}  [{string.Join(", ", shape)}]");
            }

            Terminal.Info($"{file}: the weights after {checkpoint.Epoch} {(checkpoint.Epoch == 1 ? "epoch" : "epochs")}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException($"{file}: cannot be written: {e.Message}", e);
        }
    }
}
