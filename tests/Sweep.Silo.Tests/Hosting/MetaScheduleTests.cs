using Serilog.Core;
using Sweep.Grains;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>What <c>schedule: meta</c> is resolved to, from sweeps in a real store.</summary>
public sealed class MetaScheduleTests : SweepScene
{
    private static readonly Catalogue Catalogue = TrainingCatalogue.Create();

    [Fact]
    public async Task Resolve_WithoutAnEarlierSweep_SaysWhatIsNeeded()
    {
        foreach (var store in (ISweepStore?[])[null, Store])
        {
            var error = await Assert.ThrowsAsync<SweepException>(() => MetaSchedule.ResolveAsync(Read(Later()), store, Catalogue, default));
            Assert.Contains("Completed, in which schedule varied, with task.epochs 4, on another data set or model than fashion-mnist mlp", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Resolve_TakesTheWinnersShape_AndWritesItsSourcesIntoTheSpec()
    {
        await RunAsync("first", "mnist", "plateau", "schedule.factor: { values: [0.25], when: { schedule: plateau } }\n  schedule.min_lr: { values: [0.01], when: { schedule: plateau } }");
        var spec = await MetaSchedule.ResolveAsync(Read(Later()), Store, Catalogue, default);

        Assert.Equal("plateau", spec.Meta!.Schedule);
        Assert.Equal(new MetaSource("first", 1, "mnist mlp", "plateau", 1), Assert.Single(spec.Meta.Sources));

        // The floor is a learning rate: it means nothing on another task.
        Assert.Equal(["optimizer", "schedule", "schedule.factor", "lr"], spec.Space.Parameters.Select(p => p.Name));
        Assert.StartsWith(Later(), spec.Source, StringComparison.Ordinal);
        Assert.Equal("plateau", Read(spec.Source).Meta!.Schedule);
        Assert.Same(spec, await MetaSchedule.ResolveAsync(spec, null, Catalogue, default));
    }

    [Fact]
    public async Task Resolve_ATaskHasOneVote_HoweverManySweepsItHad()
    {
        await RunAsync("a", "mnist", "cosine");
        await RunAsync("b", "mnist", "cosine");
        await RunAsync("c", "mnist", "linear");
        await RunAsync("d", "spirals", "linear");
        var meta = (await MetaSchedule.ResolveAsync(Read(Later()), Store, Catalogue, default)).Meta!;
        Assert.Equal("linear", meta.Schedule);
        Assert.Equal([0.3333, 0.3333, 0.3333, 1], meta.Sources.Select(s => s.Weight));
    }

    [Fact]
    public async Task Resolve_OfEquals_TakesTheNewest()
    {
        await RunAsync("a", "mnist", "cosine");
        await RunAsync("b", "spirals", "linear");
        Assert.Equal("linear", (await MetaSchedule.ResolveAsync(Read(Later()), Store, Catalogue, default)).Meta!.Schedule);
    }

    [Fact]
    public async Task Resolve_PassesOverSweepsThatSayNothing()
    {
        await RunAsync("same-task", "fashion-mnist", "cosine");
        await RunAsync("other-epochs", "mnist", "cosine", epochs: 5);
        await RunAsync("one-schedule", "mnist", "cosine", fixedSchedule: true);
        await CreateAsync(Earlier("never-run", "mnist", "cosine", "", 4, false));
        await Assert.ThrowsAsync<SweepException>(() => MetaSchedule.ResolveAsync(Read(Later()), Store, Catalogue, default));
        await RunAsync("good", "mnist", "linear");
        Assert.Equal("good", Assert.Single((await MetaSchedule.ResolveAsync(Read(Later()), Store, Catalogue, default)).Meta!.Sources).Sweep);
    }

    [Fact]
    public async Task Resolve_AScheduleThatDoesNotFit_TakesTheNext()
    {
        await RunAsync("a", "mnist", "constant");
        await RunAsync("b", "spirals", "cosine");

        // Schedule-free optimizers go with constant rates and a warm-up only.
        var spec = await MetaSchedule.ResolveAsync(Read(Later().Replace("optimizer: sgd", "optimizer: schedule_free_sgd", StringComparison.Ordinal)), Store, Catalogue, default);
        Assert.Equal("constant", spec.Meta!.Schedule);
    }

    [Fact]
    public async Task Resolve_OfAJsonFile_StaysJson()
    {
        await RunAsync("a", "mnist", "cosine");
        const string text = """
            { "name": "later", "task": { "dataset": "fashion-mnist", "model": "mlp", "epochs": 4 },
              "objective": { "metric": "val_accuracy" }, "search": { "sampler": "random", "trials": 2 },
              "parameters": { "optimizer": "sgd", "schedule": "meta", "lr": { "min": 0.001, "max": 1.0 } } }
            """;
        var spec = await MetaSchedule.ResolveAsync(Read(text), Store, Catalogue, default);
        Assert.Equal("cosine", spec.Meta!.Schedule);
        using var json = System.Text.Json.JsonDocument.Parse(spec.Source);
        Assert.Equal("cosine", json.RootElement.GetProperty("meta").GetProperty("schedule").GetString());
    }

    private static string Later() => """
        name: later
        task: { dataset: fashion-mnist, model: mlp, epochs: 4 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 2 }
        parameters:
          optimizer: sgd
          schedule: meta
          lr: { min: 0.001, max: 1.0, distribution: log_uniform }
        """.ReplaceLineEndings("\n");

    // Trial 1 has the schedule and a rate that wins over trial 0's.
    private static string Earlier(string name, string dataset, string schedule, string settings, int epochs, bool fixedSchedule) => $$"""
        name: {{name}}
        task: { dataset: {{dataset}}, model: mlp, epochs: {{epochs}} }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: grid }
        parameters:
          optimizer: sgd
          schedule: {{(fixedSchedule ? schedule : $"{{ values: [exponential, {schedule}] }}")}}
          {{(fixedSchedule ? "" : "schedule.gamma: { values: [0.5], when: { schedule: exponential } }")}}
          {{settings}}
          lr: {{(fixedSchedule ? "{ values: [0.9, 0.03] }" : $"[ {{ values: [0.9], when: {{ schedule: exponential }} }}, {{ values: [0.03], when: {{ schedule: {schedule} }} }} ]")}}
        """;

    private static SweepSpec Read(string text)
    {
        var result = SpecReader.Read(text, "meta.yaml", Catalogue);
        return result.Spec ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
    }

    private async Task RunAsync(string name, string dataset, string schedule, string settings = "", int epochs = 4, bool fixedSchedule = false)
    {
        var (sweep, spec) = await CreateAsync(Earlier(name, dataset, schedule, settings, epochs, fixedSchedule));
        var trainings = new FunctionTrainings((x, epoch) => 1 - (Math.Abs(Math.Log10(x) + 1.5) / 3) - (1.0 / (epoch + 1)));
        var silo = new EmbeddedSilo(Store, new SweepWork(sweep, spec, trainings, "profile"), 2, TimeProvider.System, Logger.None);
        Assert.Equal(RunOutcome.Completed, await silo.RunAsync(default));
    }
}
