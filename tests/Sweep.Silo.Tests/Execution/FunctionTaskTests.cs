using Sweep.Grains;
using Sweep.Search.Functions;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;

namespace Sweep.Silo.Tests.Execution;

public sealed class FunctionTaskTests
{
    public static TheoryData<string> Names() => [.. BuiltInFunctions.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_LeftOut_AreTheFunctionsOwn(string name)
    {
        var spec = Valid($"{{ function: {name}, epochs: 2 }}", "");
        var function = BuiltInFunctions.Find(name)!;
        Assert.Equal(function.Space.Parameters.Select(p => p.Name), spec.Space.Parameters.Select(p => p.Name));
        using var training = new FunctionTrainings(spec, TimeProvider.System).Start(Trial(First(spec)), null);
        var value = Assert.IsType<EpochOutcome.Finished>(training.TrainEpoch(CancellationToken.None)).Metrics["value"];
        Assert.Equal(function.At(Configuration.Parse(First(spec)), 1), value);
    }

    [Fact]
    public void Dimensions_AreAsManyAsGiven() =>
        Assert.Equal(["x0", "x1", "x2"], Valid("{ function: sphere, dimensions: 3 }", "").Space.Parameters.Select(p => p.Name));

    [Fact]
    public void AnOptionalParameter_MayBeLeftOut() =>
        Assert.Single(Valid("{ function: curves, epochs: 3 }", "parameters: { quality: { min: 0.0, max: 1.0 } }").Space.Parameters);

    [Theory]
    [InlineData("{ function: branim }", "", "task.function: unknown value 'branim'; did you mean 'branin'?")]
    [InlineData("{ function: branin }", "parameters: { x0: 1.0, x1: 2.0, x2: 3.0 }", "x2: unknown parameter")]
    [InlineData("{ function: branin }", "parameters: { x0: 1.0, x1: 2.0, learning: 3.0 }", "the task reads x0, x1")]
    [InlineData("{ function: branin }", "parameters: { x0: { min: 0, max: 1 } }", "x1: is required: a number")]
    [InlineData("{ function: branin, dimensions: 3 }", "", "task.dimensions: unknown setting")]
    [InlineData("{ function: branin, model: mlp }", "", "task.model: unknown setting")]
    [InlineData("{ function: curves }", "", "task.epochs: is required")]
    [InlineData("{ function: branin, noise: -1 }", "", "is outside the range [0, ∞)")]
    [InlineData("{ function: mixed_conditional }", "parameters: { optimizer: momentum, lr: 0.1, schedule: constant, depth: 3 }", "optimizer.momentum: is required by optimizer momentum")]
    public void Mistakes_AreNamed(string task, string parameters, string message)
    {
        var result = Read(task, parameters);
        Assert.Null(result.Spec);
        Assert.Contains(message, string.Join('\n', result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void AFunctionThatVaries_IsAMistake()
    {
        var spec = Valid("{ function: branin }", "parameters: { x0: 1.0, x1: 2.0, task.function: { values: [branin, sphere] } }");
        Assert.Contains("a sweep has one function", Assert.Single(TaskCatalogues.Check(spec)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trial_ResumedFromItsCheckpoint_GoesOnAsIfItHadNotStopped()
    {
        var trainings = new FunctionTrainings(Valid("{ function: curves, epochs: 6, noise: 0.1 }", ""), TimeProvider.System);
        var trial = Trial("""{"quality":0.3,"slowness":0.5}""");
        using var whole = trainings.Start(trial, null);
        var values = Enumerable.Range(0, 6).Select(_ => ValueOf(whole)).ToList();
        using var first = trainings.Start(trial, null);
        Assert.Equal(values[..2], Enumerable.Range(0, 2).Select(_ => ValueOf(first)));
        using var second = trainings.Start(trial, first.Save());
        Assert.Equal(2, second.Epoch);
        Assert.Equal(values[2..], Enumerable.Range(0, 4).Select(_ => ValueOf(second)));
    }

    [Fact]
    public void Noise_IsOfTheSweepsSeedAndTheTrial_AndMayVary()
    {
        double At(long seed, int number, string noise)
        {
            var spec = Valid("{ function: sphere, dimensions: 1, noise: 1 }", "", seed);
            using var training = new FunctionTrainings(spec, TimeProvider.System).Start(Trial($"{{\"x0\":0.0{noise}}}", number), null);
            return ValueOf(training);
        }

        Assert.Equal(At(1, 5, ""), At(1, 5, ""));
        Assert.NotEqual(At(1, 5, ""), At(2, 5, ""));
        Assert.NotEqual(At(1, 5, ""), At(1, 6, ""));
        Assert.Equal(0, At(1, 5, ",\"task.noise\":0.0"));
    }

    [Fact]
    public async Task AskedToStop_WhileItSleeps_StopsAtOnce_AndKeepsItsEpochs()
    {
        using var training = new FunctionTrainings(Valid("{ function: curves, epochs: 3, sleep: 3600 }", ""), TimeProvider.System).Start(Trial("""{"quality":0.3}"""), null);
        using var stop = new CancellationTokenSource();
        var epoch = Task.Run(() => training.TrainEpoch(stop.Token), CancellationToken.None);
        await stop.CancelAsync();
        Assert.IsType<EpochOutcome.Stopped>(await epoch.WaitAsync(TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(0, training.Save().Epoch);
    }

    private static double ValueOf(ITraining training) => ((EpochOutcome.Finished)training.TrainEpoch(CancellationToken.None)).Metrics["value"];

    private static string First(SweepSpec spec) => new RandomSampler(spec.Space, 1).Suggest(0)!.ToJson();

    private static TrialRecord Trial(string parameters, int number = 0) =>
        new(1, 1, number, 0, TrialState.Running, 1, parameters, 6, 0, 0, [], "", 0, "");

    private static SweepSpec Valid(string task, string parameters, long seed = 0)
    {
        var result = Read(task, parameters, seed);
        Assert.True(result.Spec is not null, string.Join('\n', result.Errors));
        return result.Spec;
    }

    private static SpecResult Read(string task, string parameters, long seed = 0) => SpecReader.Read(
        $"name: f\ntask: {task}\nobjective: {{ metric: value }}\nsearch: {{ sampler: random, trials: 2, seed: {seed} }}\n{parameters}\n", "f.yaml", TaskCatalogues.Create);
}
