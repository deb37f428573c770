using System.IO.Compression;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>The winner's weights, handed to the user.</summary>
public sealed class ExportWeightsTests
{
    [Fact]
    public async Task ExportWeights_OfTheWinner_NamesTensorsAsPyTorchDoes()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", """
            name: spirals
            task: { dataset: spirals, model: mlp, hidden: [8, 4], batch_norm: true, batch_size: 64, epochs: 2 }
            objective: { metric: val_accuracy, goal: maximize }
            replicates: 2
            search: { sampler: random, trials: 2, seed: 2 }
            parameters: { lr: { min: 0.001, max: 0.1, distribution: log_uniform } }
            """);
        Assert.Equal(0, (await workspace.SweepAsync("run", spec)).ExitCode);
        var export = await workspace.SweepAsync("export-weights", "spirals", "1", "winner.pt", "--replicate", "1");
        Assert.True(export.ExitCode == 0, export.Errors);
        Assert.StartsWith("0.weight  [8, 2]\n0.bias  [8]\n1.weight  [8]\n", export.Errors, StringComparison.Ordinal);
        Assert.Contains("1.running_mean  [8]\n", export.Errors, StringComparison.Ordinal);
        await using (var archive = await ZipFile.OpenReadAsync(workspace.File("winner.pt")))
        {
            Assert.Equal(8 * 2 * sizeof(float), archive.GetEntry("weights/data/0")!.Length);
        }

        foreach (var (arguments, message) in ((string[], string)[])[(["2", "x.pt"], "has no trial 2.0"), (["1", "x.pt", "--replicate", "2"], "has no trial 1.2")])
        {
            var wrong = await workspace.SweepAsync(["export-weights", "spirals", .. arguments]);
            Assert.Equal(ExitCodes.NotFound, wrong.ExitCode);
            Assert.Contains(message, wrong.Errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(workspace.File("x.pt")));
    }
}
