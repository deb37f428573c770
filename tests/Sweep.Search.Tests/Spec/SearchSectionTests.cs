using Sweep.Search.Pruners.Asha;
using Sweep.Search.Pruners.Pbt;
using Sweep.Search.Pruners.Percentile;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Samplers.Bohb;
using Sweep.Search.Samplers.Cmaes;
using Sweep.Search.Samplers.Evolution;
using Sweep.Search.Samplers.Gp;
using Sweep.Search.Samplers.Grid;
using Sweep.Search.Samplers.Halton;
using Sweep.Search.Samplers.Sobol;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spec;
using Sweep.Search.Samplers.Nsga2;

namespace Sweep.Search.Tests.Spec;

public sealed class SearchSectionTests
{
    private const string Lines = "  optimizer: { values: [sgd, momentum] }\n  optimizer.momentum: { min: 0.5, max: 0.9, when: { optimizer: momentum } }\n  lr: { min: 0.1, max: 1 }\n  task.batch_size: 64\n";

    [Fact]
    public void Defaults_AreThoseDocumented()
    {
        var search = TestSpecs.Valid(TestSpecs.With(Lines)).Search;
        Assert.Equal((8, SearchOrder.Deterministic, false, null), (search.Parallel, search.Order, search.IsVirtual, search.UsableWorkers));
        Assert.Equal(OwnRulesSpec.None, search.Rules);
        Assert.Equal(BudgetSpec.None, search.Budget);
    }

    [Theory]
    [InlineData("{ sampler: tpe, trials: 9 }", true)]
    [InlineData("{ sampler: sobol, trials: 9 }", false)]
    [InlineData("{ sampler: random, trials: 9, pruner: { type: halving, min_resource: 3 } }", false)]
    [InlineData("{ sampler: random, pruner: { type: hyperband } }", false)]
    [InlineData("{ sampler: random, trials: 9, pruner: { type: asha } }", true)]
    [InlineData("{ sampler: random, trials: 9, pruner: { type: median } }", true)]
    [InlineData("{ sampler: random, trials: 9, pruner: { type: target, value: 1 } }", false)]
    public void SearchesThatDependOnTheOrder_AreVirtual(string search, bool isVirtual) =>
        Assert.Equal(isVirtual, TestSpecs.Valid(TestSpecs.With(Lines, search)).Search.IsVirtual);

    [Fact]
    public void EverySection_IsRead()
    {
        var search = TestSpecs.Valid(TestSpecs.With(
            Lines + """
            order: as_finished
            budget: { trials: 40, epochs: 900, wall_clock: 1.5h, failures: 3, target: 0.02 }
            warm_start: { sweep: yesterday, top: 3 }
            enqueue:
              - { optimizer: sgd, lr: 0.5 }
              - { optimizer: momentum, optimizer.momentum: 0.75, lr: 1, task.batch_size: 64 }
            """,
            """
            { sampler: tpe, trials: 50, parallel: 3, startup_trials: 4, multivariate: false, pruner: [
                { type: percentile, percentile: 25, mode: raw, warmup_steps: 2, interval: 3, min_trials: 4 },
                { type: target, value: 0.01 }, { type: patience, epochs: 3, min_delta: 0.001 }, { type: threshold, upper: 9 } ] }
            """)).Search;
        Assert.Equal(40, search.Trials);
        Assert.Equal(new BudgetSpec { Epochs = 900, WallClock = TimeSpan.FromMinutes(90), Failures = 3, Target = 0.02 }, search.Budget);
        Assert.Equal(new WarmStartSpec("yesterday", 3), search.WarmStart);
        Assert.Equal(new PercentileOptions(9, 25, true, 2, 3, 4), search.Pruner);
        Assert.Equal(new OwnRulesSpec(new TargetSpec(0.01), new PatienceSpec(3, 0.001), new ThresholdSpec(null, 9, 0)), search.Rules);
        Assert.Equal(new TpeOptions { StartupTrials = 4, Multivariate = false, Group = false }, search.Sampler);
        Assert.Equal(
            ["""{"optimizer":"sgd","lr":0.5,"task.batch_size":64}""", """{"optimizer":"momentum","optimizer.momentum":0.75,"lr":1.0,"task.batch_size":64}"""],
            search.Enqueue.Select(point => point.ToJson()));
    }

    [Theory]
    [InlineData("{ type: asha, min_resource: 2, reduction_factor: 2 }", typeof(AshaOptions))]
    [InlineData("{ type: stopping }", typeof(AshaOptions))]
    [InlineData("{ type: median }", typeof(PercentileOptions))]
    [InlineData("{ type: pbt, interval: 2 }", typeof(PbtOptions))]
    public void Pruners_AreReadByName(string pruner, Type type) =>
        Assert.IsType(type, TestSpecs.Valid(TestSpecs.With(Lines, $"{{ sampler: random, trials: 30, pruner: {pruner} }}")).Search.Pruner);

    [Theory]
    [InlineData("{ sampler: random, pruner: { type: hyperband } }", 17)]
    [InlineData("{ sampler: random, pruner: { type: hyperband, table: printed } }", 15)]
    public void HyperbandWithoutTrials_TakesOneTable(string search, int trials) =>
        Assert.Equal(trials, TestSpecs.Valid(TestSpecs.With(Lines, search)).Search.Trials);

    [Theory]
    [InlineData("grid, order: shuffled", typeof(GridOptions))]
    [InlineData("sobol, trials: 3, scramble: false", typeof(SobolOptions))]
    [InlineData("halton, trials: 3", typeof(HaltonOptions))]
    [InlineData("cmaes, trials: 3, population: 5", typeof(CmaesOptions))]
    [InlineData("gp, trials: 3, candidates: 64", typeof(GpOptions))]
    [InlineData("evolution, trials: 3, population: 4", typeof(EvolutionOptions))]
    [InlineData("bohb, trials: 3, top: 0.2", typeof(BohbOptions))]
    [InlineData("nsga2, trials: 3, crossover: 0.5", typeof(Nsga2Options))]
    public void Samplers_AreReadByName(string sampler, Type type) => Assert.IsType(
        type, TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { values: [0.1, 0.2, 0.3] }", $"{{ sampler: {sampler} }}")).Search.Sampler);

    [Fact]
    public void TooFewTrialsForAsha_AreWarnedOf()
    {
        var result = TestSpecs.Read(TestSpecs.With(Lines, "{ sampler: random, trials: 5, pruner: { type: asha } }"));
        Assert.NotNull(result.Spec);
        Assert.Contains("hardly any gets beyond 3 of 9 epochs", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
    }
}
