namespace Sweep.Search.Tests.Spec;

/// <summary>One row for each mistake: the line and a part of the message, which is the only one.</summary>
public sealed class BadSpecTests
{
    private const string Rest = "\n  optimizer: sgd\n  lr: 0.1";

    [Theory]
    [InlineData("  lr: { min: 0.1, max: 0.001 }", 7, "lr: min 0.1 is not below max 0.001")]
    [InlineData("  lr: { min: 0, max: 1, distribution: log_uniform }", 7, "lr: min 0 is outside the range (0, ∞)")]
    [InlineData("  task.dropout: { min: 0, max: 0.5, distribution: log_uniform }\n  lr: 1", 7, "log_uniform needs min above 0, found 0")]
    [InlineData("  lr: { min: 0.1 }", 7, "max is missing")]
    [InlineData("  lr: { mn: 0.1, max: 1 }", 7, "did you mean 'min'?")]
    [InlineData("  lr: { min: 0.1, max: .inf }", 7, "expected a finite number, found '.inf'")]
    [InlineData("  lr: { min: 0.1, max: 1e999 }", 7, "expected a finite number, found '1e999'")]
    [InlineData("  lr: { min: 0.1, max: 1, distribution: loguniform }", 7, "did you mean 'log_uniform'?")]
    [InlineData("  lr: { min: 0.1, max: 1, whn: { optimizer: sgd } }", 7, "did you mean 'when'?")]
    [InlineData("  lr: { values: 0.1 }", 7, "values: expected a list, found '0.1'")]
    [InlineData("  lr: { values: [] }", 7, "expected 1 to")]
    [InlineData("  lr: { values: [0.1, 0.10] }", 7, "0.1 is given twice")]
    [InlineData("  lr: { values: [0.1, many] }", 7, "expected a number in (0, ∞), found 'many'")]
    [InlineData("  lr: { values: [0.1, 0.2], probabilities: [0.5] }", 7, "expected a list of 2")]
    [InlineData("  lr: { values: [0.1, 0.2], probabilities: [0.5, 0.6] }", 7, "their sum is 1.1, not 1")]
    [InlineData("  lr: { values: [0.1, 0.2], min: 1 }", 7, "min does not go with values")]
    [InlineData("  lr: [0.1, 0.2]", 7, "expected a number in (0, ∞), found a list; to vary it write { values: [...] }")]
    [InlineData("  lr: \"0.1\"", 7, "found '0.1'")]
    [InlineData("  lr:", 7, "found nothing")]
    [InlineData("  lr: -1", 7, "-1 is outside the range (0, ∞)")]
    [InlineData("  lr: { min: 0.1, max: 1, step: 0 }", 7, "expected a number above 0")]
    [InlineData("  lr: { min: 0.1, max: 1, step: 5 }", 7, "step 5 makes 1 values")]
    [InlineData("  lr: { min: 0.1, max: 1, points: 1 }", 7, "expected a whole number from 2 to")]
    [InlineData("  lr: { mean: 0.1, std: 1 }", 7, "normal without min")]
    [InlineData("  lr: { median: 0.1 }", 7, "log_normal needs median and sigma")]
    [InlineData("  lr: 0.1\n  task.batch_size: { min: 1.5, max: 8 }", 8, "expected a whole number")]
    [InlineData("  lr: 0.1\n  task.batch_size: { min: 1, max: 8, type: float }", 8, "float does not fit")]
    [InlineData("  lr: 0.1\n  task.batch_size: 99999999999999999999999", 8, "expected a whole number in [1, ∞), found '99999999999999999999999'")]
    [InlineData("  lr: 0.1\n  task.batch_size: 64.0", 8, "expected a whole number")]
    [InlineData("  lr: 0.1\n  task.hidden: { min: 1, max: 5 }", 8, "a range is for numbers")]
    [InlineData("  lr: 0.1\n  task.hidden: { values: [[16, 0]] }", 8, "0 is outside the range [1, ∞)")]
    [InlineData("  lr: 0.1\n  task.channels: 8", 8, "is a setting of task.model cnn; here it is mlp")]
    [InlineData("  lr: 0.1\n  task.bach_size: 8", 8, "did you mean 'task.batch_size'?")]
    [InlineData("  lr: 0.1\n  lr: 0.2", 8, "lr: the key is given twice, first in line 7")]
    [InlineData("  lr: { values: [0.1], when: { optimizer: adam } }", 7, "optimizer is never adam")]
    [InlineData("  lr: { values: [0.1], when: { opimizer: sgd } }", 7, "unknown parameter 'opimizer'; did you mean 'optimizer'?")]
    [InlineData("  lr: { values: [0.1], when: { schedule: cosine } }\n  schedule: cosine", 7, "schedule is declared later")]
    [InlineData("  lr: { values: [0.1], when: sgd }", 7, "expected a map of parameters to values")]
    [InlineData("  lr: { min: 0.1, max: 1 }\n  task.dropout: { values: [0.1], when: { lr: 0.1 } }", 8, "lr is continuous")]
    [InlineData("  lr: 0.1\n  schedule: exponential", 5, "schedule.gamma: is required by schedule exponential")]
    [InlineData("  lr: 0.1\n  schedule.gamma: 0.5", 8, "is a setting of schedule step, exponential; here it is constant")]
    [InlineData("  lr: 0.1\n  schedule.gamma: 0.5\n  schedule: exponential", 8, "declare schedule before it")]
    public void Parameters_WithOneMistake(string lines, int line, string message)
    {
        AssertOnly(TestSpecs.With("  optimizer: sgd\n" + lines), line, message);
    }

    [Theory]
    [InlineData("  optimizer: { values: [adam] }\n  lr: 0.1\n  optimizer.momentum: 0.9", 8, "is a setting of optimizer momentum, rmsprop; here it is adam")]
    [InlineData("  optimizer: { values: [adam, momentum] }\n  lr: 0.1\n  optimizer.momentum: 1.5", 8, "1.5 is outside the range [0, 1)")]
    [InlineData("  optimizer: { values: [adam, sdg] }\n  lr: 0.1", 6, "unknown value 'sdg'; did you mean 'sgd'?")]
    [InlineData("  optimizer: { values: [adam, sgd] }\n  lr: { values: [0.1], when: { optimizer: adam } }", 7, "there are trials where no condition of it holds")]
    [InlineData("  optimizer: { values: [adam, sgd] }\n  lr:\n    - { values: [0.1], when: { optimizer: adam } }\n    - { values: [0.2], when: { optimizer: [adam, sgd] } }", 9, "overlaps the one of line 8")]
    [InlineData("  optimizer: { values: [adam, sgd] }\n  lr:\n    - { values: [0.1], when: { optimizer: adam } }\n    - { values: [0.2] }", 9, "without when overlaps")]
    [InlineData("  optimizer: { values: [adam, sgd] }\n  lr: 0.1\n  schedule: { values: [cosine, constant], when: { optimizer: adam } }\n  schedule.min_factor: { values: [0.1], when: { optimizer: sgd } }", 9, "its conditions never hold together")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nforbidden: [ { lr: 0.1 } ]", 8, "every configuration is forbidden")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nforbidden: [ { momentum: 0.1 } ]", 8, "unknown parameter 'momentum'")]
    [InlineData("  optimzer: { values: [sgd, adam] }\n  lr: { values: [0.1], when: { optimizer: sgd } }\n  optimizer.momentum: 0.9", 6, "did you mean 'optimizer'?")]
    [InlineData("  lr: 0.1", 5, "optimizer: is required: one of sgd")]
    [InlineData("  optimizer: sgd", 5, "lr: is required: a number in (0, ∞)")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nreplicate: 3", 8, "did you mean 'replicates'?")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nreplicates: 0", 8, "replicates: expected a whole number from 1 to 1000, found '0'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nreplicates: many", 8, "replicates: expected a whole number from 1 to 1000, found 'many'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nreplicates: { rank: mean }", 8, "replicates.count: is required")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nreplicates: { count: 3, rank: best }", 8, "replicates.rank: unknown value 'best'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nreplicates: { count: 1, rank: lower_bound }", 8, "lower_bound needs a count of 2 or more")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\ntest: { top: -1 }", 8, "test.top: expected a whole number from 0 on, found '-1'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\ntest: { first: 2 }", 8, "test.first: unknown key")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\ncheckpoint: { evry: 3 }", 8, "did you mean 'every'?")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\ncheckpoint: { every: 0 }", 8, "expected a whole number from 1 on, found '0'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\npriority: 1001", 8, "priority: expected a whole number from -1000 to 1000, found '1001'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\npriority: high", 8, "priority: expected a whole number from -1000 to 1000, found 'high'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nslots: 0", 8, "slots: expected a whole number from 1 on, found '0'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\npoison_after: -1", 8, "poison_after: expected a whole number from 0 on, found '-1'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nnumerics: equal", 8, "numerics: unknown value 'equal'")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nrequires: GPU", 8, "requires: 'GPU' is not a label: a label is made of a-z")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nrequires: [gpu, a b]", 8, "requires: 'a b' is not a label")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nrequires: 'gpu,fast'", 8, "requires: 'gpu,fast' is not a label")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nrequires: [gpu, gpu]", 8, "requires: gpu is given twice")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nrequires: []", 8, "requires: expected a label or a list of labels, found an empty list")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nrequires:", 8, "requires: nothing is not a label")]
    [InlineData("  optimizer: sgd\n  lr: 0.1\nrequire: gpu", 8, "did you mean 'requires'?")]
    [InlineData("  optimizer: !money sgd\n  lr: 0.1", 6, "unknown tag !money")]
    [InlineData("  <<: { optimizer: sgd }\n  optimizer: sgd\n  lr: 0.1", 6, "merge keys")]
    public void Spec_WithOneMistake(string lines, int line, string message) =>
        AssertOnly(TestSpecs.With(lines), line, message);

    [Theory]
    [InlineData("{ sampler: randm, trials: 5 }", "did you mean 'random'?")]
    [InlineData("{ sampler: random }", "search.trials: is required")]
    [InlineData("{ sampler: random, trials: 5, order: shuffled }", "is a setting of the sampler grid")]
    [InlineData("{ sampler: random, trials: 5, seed: -1 }", "expected a whole number from 0 to 9223372036854775807, found '-1'")]
    [InlineData("{ sampler: random, trials: 5, seed: 9223372036854775808 }", "found '9223372036854775808'")]
    [InlineData("{ sampler: random, trials: many }", "found 'many'")]
    [InlineData("{ sampler: random, trials: 5, parallel: 0 }", "search.parallel: expected a whole number from 1 to 100000, found '0'")]
    [InlineData("{ sampler: random, trials: 5, paralel: 8 }", "did you mean 'parallel'?")]
    [InlineData("{ sampler: random, trials: 5, order: as_finished }", "write order: as_finished at the top of the file")]
    [InlineData("{ sampler: random, trials: 5, candidates: 3 }", "is a setting of the sampler tpe, gp, bohb; here it is random")]
    [InlineData("{ sampler: tpe }", "is required by the sampler tpe")]
    [InlineData("{ sampler: tpe, trials: 5, startup_trials: 0 }", "expected a whole number from 1 on, found '0'")]
    [InlineData("{ sampler: tpe, trials: 5, prior_weight: 0 }", "expected a number above 0, found '0'")]
    [InlineData("{ sampler: tpe, trials: 5, magic_clip: yes }", "unknown value 'yes'; allowed: true, false")]
    [InlineData("{ sampler: tpe, trials: 5, multivariate: false, group: true }", "search.group: needs multivariate: true")]
    [InlineData("{ sampler: cmaes, trials: 5, sigma: 2 }", "expected a number above 0 and at most 1, found '2'")]
    [InlineData("{ sampler: evolution, trials: 5, population: 3, sample_size: 4 }", "expected a whole number from 1 to 3, found '4'")]
    [InlineData("{ sampler: sobol, trials: 5, scramble: 1 }", "unknown value '1'")]
    [InlineData("[ random ]", "search: expected a map, found a list")]
    [InlineData("{ sampler: random, trials: 5, pruner: halving }", "search.pruner: expected a map, found 'halving'")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: ahsa } }", "did you mean 'asha'?")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: asha, table: printed } }", "search.pruner.table: unknown key")]
    [InlineData("{ sampler: random, trials: 16, pruner: { type: hyperband } }", "16 do not fill one table of hyperband, which takes 17: s=2: 9@1 3@3 1@9; s=1: 5@3 1@9; s=0: 3@9")]
    [InlineData("{ sampler: random, trials: 99, pruner: { type: hyperband, table: big } }", "unknown value 'big'")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: median, percentile: 5 } }", "search.pruner.percentile: unknown key")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: median, mode: mean } }", "unknown value 'mean'")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: median, warmup_steps: -1 } }", "expected a whole number from 0 on")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: percentile } }", "search.pruner.percentile: is required")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: percentile, percentile: 0 } }", "expected a number above 0 and at most 99.99")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: pbt, quantile: 0.6 } }", "expected a number above 0 and at most 0.5, found '0.6'")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: pbt, interval: 0 } }", "expected a whole number from 1 on")]
    [InlineData("{ sampler: tpe, trials: 5, pruner: { type: pbt } }", "not tpe")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: target } }", "search.pruner.value: is required")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: target, value: high } }", "expected a number, found 'high'")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: patience, min_delta: 0.1 } }", "search.pruner.epochs: is required")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: patience, epochs: 2, min_delta: -1 } }", "expected a number from 0 on")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: threshold } }", "threshold needs lower, upper or both")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: threshold, lower: 2, upper: 1 } }", "2 is not below upper 1")]
    [InlineData("{ sampler: random, trials: 5, pruner: [ { type: halving }, { type: asha } ] }", "only one pruner may compare trials")]
    [InlineData("{ sampler: random, trials: 5, pruner: [ { type: target, value: 1 }, { type: target, value: 2 } ] }", "target is given twice")]
    [InlineData("{ sampler: random, trials: 5, pruner: [ halving ] }", "search.pruner: expected a map, found 'halving'")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: halving, min_resource: 10 } }", "10 is above task.epochs 9")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: halving, max_resource: 10 } }", "10 is above task.epochs 9")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: halving, min_resource: 5, max_resource: 4 } }", "5 is above max_resource 4")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: halving, reduction_factor: 1 } }", "expected a whole number from 2 on, found '1'")]
    [InlineData("{ sampler: random, trials: 5, pruner: { type: halving, eta: 3 } }", "search.pruner.eta: unknown key")]
    public void Search_WithOneMistake(string search, string message) =>
        AssertOnly(TestSpecs.With("  optimizer: sgd\n  lr: { min: 0.1, max: 1 }", search), 4, message);

    [Theory]
    [InlineData("order: random", "allowed: deterministic, as_finished")]
    [InlineData("budget: 5", "budget: expected a map")]
    [InlineData("budget: { time: 5h }", "budget.time: unknown key")]
    [InlineData("budget: { epochs: 0 }", "budget.epochs: expected a whole number from 1 on, found '0'")]
    [InlineData("budget: { trials: many }", "budget.trials: expected a whole number")]
    [InlineData("budget: { failures: 0 }", "budget.failures: expected a whole number")]
    [InlineData("budget: { target: best }", "budget.target: expected a number, found 'best'")]
    [InlineData("budget: { wall_clock: 2h }", "needs order: as_finished")]
    [InlineData("enqueue: { lr: 0.1 }", "enqueue: expected a list of configurations, found a map")]
    [InlineData("enqueue: [ 0.1 ]", "enqueue: expected a map, found '0.1'")]
    [InlineData("enqueue: [ { lr: 0.5, momentum: 0.1 } ]", "enqueue.momentum: unknown key")]
    [InlineData("enqueue: [ { optimizer: sgd } ]", "lr is missing")]
    [InlineData("enqueue: [ { lr: 5 } ]", "lr is never 5 in this configuration")]
    [InlineData("enqueue: [ { lr: fast } ]", "found 'fast'")]
    [InlineData("enqueue: [ { lr: 0.5 }, { lr: 0.5, optimizer: sgd } ]", "given twice")]
    [InlineData("warm_start: yesterday", "warm_start: expected a map")]
    [InlineData("warm_start: { top: 3 }", "warm_start.sweep: is required")]
    [InlineData("warm_start: { sweep: A B }", "is not a name")]
    [InlineData("warm_start: { sweep: a, top: 0 }", "warm_start.top: expected a whole number from 1 on")]
    public void SearchSections_WithOneMistake(string section, string message) =>
        AssertOnly(TestSpecs.With("  optimizer: sgd\n  lr: { min: 0.1, max: 1 }\n" + section), 8, message);

    [Theory]
    [InlineData("order: as_finished\nbudget: { wall_clock: soon }", "expected a time such as 90s, 30m, 1.5h or 2d, found 'soon'")]
    [InlineData("order: as_finished\nbudget: { wall_clock: 2w }", "found '2w'")]
    [InlineData("order: as_finished\nbudget: { wall_clock: 0s }", "found '0s'")]
    [InlineData("forbidden: [ { optimizer: sgd, task.batch_size: 64 } ]\nenqueue: [ { optimizer: sgd, task.batch_size: 64, lr: 0.1 } ]", "the configuration is forbidden")]
    [InlineData("enqueue:\n  - { optimizer: sgd, optimizer.momentum: 0.9, task.batch_size: 32, lr: 0.1 }", "optimizer.momentum is inactive in this configuration")]
    public void SearchSections_WithOneMistakeInLine11(string section, string message) => AssertOnly(
        TestSpecs.With("  optimizer: { values: [sgd, momentum] }\n  optimizer.momentum: { min: 0.5, max: 0.9, when: { optimizer: momentum } }\n  task.batch_size: { values: [32, 64] }\n  lr: 0.1\n" + section), 11, message);

    [Theory]
    [InlineData("  optimizer: sgd\n  lr: { min: 0.1, max: 1 }", "a grid needs a finite number of values")]
    [InlineData("  optimizer: sgd\n  lr: { values: [0.1, 1], probabilities: [0.1, 0.9] }", "probabilities have no effect on a grid")]
    public void Grid_WithOneMistake(string lines, string message) =>
        AssertOnly(TestSpecs.With(lines, "{ sampler: grid }"), 7, message);

    [Fact]
    public void VaryingEpochsWithHalving_AreAnError() =>
        AssertOnly(
            TestSpecs.With("  optimizer: sgd\n  lr: { min: 0.1, max: 1 }\n  task.epochs: { values: [3, 9] }", "{ sampler: random, trials: 5, pruner: { type: halving } }"),
            8,
            "task.epochs: cannot vary");

    [Theory]
    [InlineData("{ dataset: mnist, model: mlp, hidden: [16], epochs: 0 }", "0 is outside the range [1, 100000]")]
    [InlineData("{ dataset: mnist, model: mlp, hidden: [16] }", "task.epochs: is required: a whole number")]
    [InlineData("{ model: mlp, hidden: [16], epochs: 3 }", "task.dataset: is required: one of mnist, fashion-mnist")]
    [InlineData("{ dataset: mnist, model: mlp, hidden: 16, epochs: 3 }", "expected a list of whole numbers in [1, ∞), found '16'")]
    [InlineData("{ dataset: mnist, model: cnn, hidden: [16], epochs: 3 }", "task.hidden: is a setting of task.model mlp; here it is cnn")]
    [InlineData("{ dataset: mnist, model: cnn, epochs: 3, epohcs: 3 }", "did you mean 'epochs'?")]
    [InlineData("{ dataset: mnist, model: cnn, epochs: 3, dropout: .nan }", "found '.nan'")]
    public void Task_WithOneMistake(string task, string message) =>
        AssertOnly(TestSpecs.With(Rest[1..], task: task), 2, message);

    [Theory]
    [InlineData("{ metric: val_acuracy }", "did you mean 'val_accuracy'?")]
    [InlineData("{ metric: val_loss, goal: best }", "unknown value 'best'")]
    [InlineData("{ goal: minimize }", "objective.metric: is required")]
    [InlineData("[ { metric: val_loss }, { metric: val_loss } ]", "objective[1]: val_loss is an objective already")]
    [InlineData("[ { metric: val_loss }, { metric: val_acuracy } ]", "objective[1].metric: unknown value 'val_acuracy'; did you mean 'val_accuracy'?")]
    [InlineData("[ { metric: val_loss }, val_accuracy ]", "objective[1]: expected a map")]
    [InlineData("[]", "objective: the list is empty")]
    [InlineData("val_loss", "expected a map, found 'val_loss'")]
    [InlineData("{ metric: val_loss, over: first }", "allowed: last, best")]
    public void Objective_WithOneMistake(string objective, string message) =>
        AssertOnly(TestSpecs.With(Rest[1..]).Replace("{ metric: val_loss }", objective, StringComparison.Ordinal), 3, message);

    private static void AssertOnly(string text, int line, string message)
    {
        var result = TestSpecs.Read(text);
        var all = string.Join("\n", result.Errors);
        Assert.True(result.Errors.Count == 1, $"{result.Errors.Count} errors:\n{all}");
        Assert.True(result.Errors.Any(e => e.Line == line && e.ToString().Contains(message, StringComparison.Ordinal)), all);
        Assert.Null(result.Spec);
    }
}
