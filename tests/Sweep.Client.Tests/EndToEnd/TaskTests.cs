using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Numbers, texts and images of any shape, by the command line.</summary>
public sealed class TaskTests
{
    [Fact]
    public async Task Run_CsvOfNumbers_LearnsThemAndTestsTheWinner()
    {
        using var workspace = new Workspace();
        workspace.Write("train.csv", Prices(0, 600));
        workspace.Write("test.csv", Prices(600, 200));
        var best = await BestAsync(workspace, Spec("dataset: 'csv:train.csv', label: price, predict: number, test_path: test.csv, model: mlp, hidden: [32], batch_size: 32, epochs: 60", "val_r2"));

        Assert.InRange(best.GetProperty("values")[0].GetDouble(), 0.95, 1);
        var test = best.GetProperty("test");
        Assert.InRange(test.GetProperty("r2").GetDouble(), 0.95, 1);
        Assert.InRange(test.GetProperty("loss").GetDouble(), 0, 0.05);
        Assert.True(test.GetProperty("mae").GetDouble() < test.GetProperty("rmse").GetDouble());
    }

    [Fact]
    public async Task Run_HousePrices_AreLearnedAtUsualRatesInTheirOwnUnit()
    {
        using var workspace = new Workspace();
        workspace.Write("train.csv", Prices(0, 600, unit: 50_000, offset: 400_000));
        workspace.Write("test.csv", Prices(600, 200, unit: 50_000, offset: 400_000));
        var best = await BestAsync(workspace, """
            name: tasks
            task: { dataset: 'csv:train.csv', label: price, predict: number, test_path: test.csv, model: mlp, hidden: [32], batch_size: 32, epochs: 30 }
            objective: { metric: val_r2 }
            search: { sampler: grid }
            parameters: { optimizer: { values: [sgd, momentum, adam] } }
            """, trials: 3);

        Assert.All(best, trial => Assert.InRange(trial.GetProperty("values")[0].GetDouble(), 0.9, 1));
        Assert.InRange(best[0].GetProperty("test").GetProperty("rmse").GetDouble(), 100, 30_000);
        Assert.InRange(best[0].GetProperty("test").GetProperty("loss").GetDouble(), 0, 0.1);
    }

    [Fact]
    public async Task Run_TextWithAGru_PredictsItsNextCharacters()
    {
        using var workspace = new Workspace();
        File.Copy(Path.Combine(Workspace.Root, "docs", "sweep-file.md"), workspace.File("text.md"));
        var best = await BestAsync(workspace, Spec("dataset: 'text:text.md', window: 8, model: gru, units: 24, batch_size: 32, epochs: 2", "val_perplexity"));

        // Below that of a guess among the 80 or so characters, and of one by how often each of them is used (about 25).
        Assert.InRange(best.GetProperty("values")[0].GetDouble(), 1, 20);
        Assert.InRange(best.GetProperty("test").GetProperty("perplexity").GetDouble(), 1, 40);
    }

    [Fact]
    public async Task Run_ImagesThatAreNoSquares_AreConvolvedAndMoved()
    {
        using var workspace = new Workspace();
        WriteImages(workspace.Folder, 300, 5, 9);
        var best = await BestAsync(workspace, Spec(
            $"dataset: 'idx:{workspace.Folder}', model: cnn, channels: [4], dense: [8], block_dropout: 0, dropout: 0, augment_shift: 1, augment_flip: true, batch_size: 16, epochs: 8", "val_accuracy"));

        Assert.InRange(best.GetProperty("values")[0].GetDouble(), 0.9, 1);
    }

    [Theory]
    [InlineData("dataset: 'text:short.txt', model: lstm", "val_loss", "short.txt: 40 characters are too few for task.window 32")]
    [InlineData("dataset: 'csv:three.csv', label: b", "val_top5", "objective.metric: val_top5 is always 1 with 3 classes")]
    [InlineData("dataset: 'csv:three.csv', label: b", "val_loss", "objective.metric: val_loss has no rows to be taken on: task.validation_fraction 0.1 of the 3 rows of csv:three.csv is none")]
    [InlineData("dataset: 'csv:three.csv', validation_fraction: 0.9", "train_loss", "task.validation_fraction: 0.9 of 3 examples leaves none to train on")]
    [InlineData("dataset: 'csv:three.csv', label: b, validation_fraction: 0.3", "val_loss", "task.validation_fraction: 0.3 of csv:three.csv takes all rows of class ")]
    [InlineData("dataset: 'csv:few.csv', predict: number, validation_fraction: 0.1", "val_r2", "objective.metric: val_r2 has no value: task.validation_fraction 0.1 of csv:few.csv is one row, of the one number ")]
    [InlineData("dataset: 'csv:constant.csv', predict: number", "val_r2", "constant.csv:2: label b: all rows have the one number 7")]
    [InlineData("dataset: 'csv:three.csv', label: b, test_path: few.csv", "train_loss", "few.csv:2: label b: '10' is none of the 3 classes of the training file")]
    [InlineData("dataset: 'idx:one'", "val_loss", "idx:one: all 20 rows to train on are of the one class 0")]
    [InlineData("dataset: 'idx:.', augment_shift: 5", "val_loss", "task.augment_shift: 5 moves the images of idx:., 5 by 9, out of sight")]
    public async Task Run_WhatTheDataDoNotAllow_OneClearErrorAndNothingWritten(string task, string metric, string message)
    {
        using var workspace = new Workspace();
        workspace.Write("short.txt", string.Concat(Enumerable.Repeat("abcd", 10)));
        workspace.Write("three.csv", "a,b\n1,x\n2,y\n3,z\n");
        workspace.Write("few.csv", "a,b\n" + string.Concat(Enumerable.Range(10, 10).Select(i => $"{i},{i}\n")));
        workspace.Write("constant.csv", "a,b\n1,7\n2,7\n");
        WriteImages(workspace.Folder, 20, 5, 9);
        WriteImages(Directory.CreateDirectory(workspace.File("one")).FullName, 20, 5, 9, isOneClass: true);
        var spec = workspace.Write("spec.yaml", Spec(task + ", epochs: 2", metric));
        var before = Directory.GetFileSystemEntries(workspace.Folder).Length;
        var run = await workspace.SweepAsync("run", spec);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Errors);
        Assert.Equal(before, Directory.GetFileSystemEntries(workspace.Folder).Length);
    }

    private static string Spec(string task, string metric) => $$"""
        name: tasks
        task: { {{task}} }
        objective: { metric: {{metric}} }
        search: { sampler: grid }
        parameters: { optimizer: adam, lr: { values: [0.01] } }
        """;

    private static string Prices(int first, int count, int unit = 1, int offset = 0)
    {
        var text = new StringBuilder("size,colour,age,price\n");
        for (var i = first; i < first + count; i++)
        {
            var (size, age, red) = ((i * 37 % 101) - 50, (i * 53 % 97) - 48, i % 3 == 0);
            text.AppendLine(CultureInfo.InvariantCulture, $"{size},{(red ? "red" : "blue")},{age},{offset + (unit * ((size * 0.05) - (age * 0.03) + (red ? 1 : 0)))}");
        }

        return text.ToString();
    }

    // Dark images, and images with a bright line in their middle: wherever they are moved.
    private static void WriteImages(string folder, int count, int height, int width, bool isOneClass = false)
    {
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i * 7 % 3 == 0 && !isOneClass ? 1 : 0))];
        var pixels = Enumerable.Range(0, count * height * width)
            .Select(i => (byte)((i * 31 % 40) + (labels[i / (height * width)] == 1 && i / width % height == 2 ? 180 : 0)));
        Write("train-images-idx3-ubyte", [count, height, width], [.. pixels]);
        Write("train-labels-idx1-ubyte", [count], labels);

        void Write(string name, int[] sizes, byte[] content)
        {
            var header = new byte[4 * (1 + sizes.Length)];
            BinaryPrimitives.WriteInt32BigEndian(header, 0x800 + sizes.Length);
            for (var i = 0; i < sizes.Length; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (1 + i)), sizes[i]);
            }

            File.WriteAllBytes(Path.Combine(folder, name), [.. header, .. content]);
        }
    }

    private static async Task<JsonElement> BestAsync(Workspace workspace, string spec) => (await BestAsync(workspace, spec, trials: 1))[0];

    private static async Task<List<JsonElement>> BestAsync(Workspace workspace, string spec, int trials)
    {
        var run = await workspace.SweepAsync("run", workspace.Write("spec.yaml", spec));
        Assert.True(run.ExitCode == 0, run.Errors);
        var best = await workspace.SweepAsync("best", "tasks", "--json");
        using var document = JsonDocument.Parse(best.Output);
        return [.. document.RootElement.GetProperty("trials").EnumerateArray().Take(trials).Select(trial => trial.Clone())];
    }
}
