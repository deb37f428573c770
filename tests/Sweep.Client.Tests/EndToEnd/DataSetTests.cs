using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Data sets that are no images, by the command line.</summary>
public sealed class DataSetTests
{
    [Fact]
    public async Task Run_Spirals_LearnsThem()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Spec("dataset: spirals, rows: 1000, noise: 0.05"));

        Assert.InRange(await AccuracyAsync(workspace, spec), 0.95, 1);
    }

    [Fact]
    public async Task Run_Csv_LearnsItAndTestsTheWinner()
    {
        using var workspace = new Workspace();
        workspace.Write("train.csv", Rows(0, 600));
        workspace.Write("test.csv", Rows(600, 200));
        var spec = workspace.Write("spec.yaml", Spec("dataset: 'csv:train.csv', label: side, test_path: test.csv"));

        Assert.InRange(await AccuracyAsync(workspace, spec), 0.9, 1);
    }

    [Theory]
    [InlineData("dataset: 'csv:missing.csv'", ExitCodes.NotFound, "there is no file ")]
    [InlineData("dataset: 'csv:bad.csv'", ExitCodes.BadInput, "bad.csv:3: column a: the value is missing")]
    [InlineData("dataset: spirals, label: x", ExitCodes.BadInput, "spec.yaml:2: task.label: spirals has no such setting")]
    [InlineData("dataset: fashion-mnist, noise: 1", ExitCodes.BadInput, "spec.yaml:2: task.noise: fashion-mnist has no such setting")]
    [InlineData("dataset: spirals, rows: 5", ExitCodes.BadInput, "task.rows")]
    public async Task Run_BadDataSet_OneClearErrorAndNothingWritten(string dataset, int exitCode, string message)
    {
        using var workspace = new Workspace();
        workspace.Write("bad.csv", "a,b\n1,x\n,y\n");
        var run = await workspace.SweepAsync("run", workspace.Write("spec.yaml", Spec(dataset)));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(message, run.Errors);
        Assert.Equal(2, Directory.GetFileSystemEntries(workspace.Folder).Length);
    }

    private static string Spec(string dataset) => $$"""
        name: other
        task: { {{dataset}}, model: mlp, hidden: [32, 32], batch_size: 32, epochs: 40 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: grid }
        parameters: { optimizer: adam, lr: { values: [0.01] } }
        """;

    // Left or right of a line, with a colour that shifts it.
    private static string Rows(int first, int count)
    {
        var text = new StringBuilder("x,colour,y,side\n");
        for (var i = first; i < first + count; i++)
        {
            var (x, y, red) = ((i * 37 % 101) - 50, (i * 53 % 97) - 48, i % 3 == 0);
            text.AppendLine(CultureInfo.InvariantCulture, $"{x},{(red ? "red" : "blue")},{y},{(x + y + (red ? 30 : 0) > 0 ? "right" : "left")}");
        }

        return text.ToString();
    }

    private static async Task<double> AccuracyAsync(Workspace workspace, string spec)
    {
        var run = await workspace.SweepAsync("run", spec);
        Assert.True(run.ExitCode == 0, run.Errors);
        var best = await workspace.SweepAsync("best", "other", "--json");
        using var document = JsonDocument.Parse(best.Output);
        return document.RootElement.GetProperty("trials")[0].GetProperty("test").GetProperty("accuracy").GetDouble();
    }
}
