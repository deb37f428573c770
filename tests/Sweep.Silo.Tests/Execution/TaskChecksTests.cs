using Sweep.Search.Spec;
using Sweep.Silo.Execution;

namespace Sweep.Silo.Tests.Execution;

/// <summary>What a sweep file shows of data, metrics and schedules that do not go together.</summary>
public sealed class TaskChecksTests
{
    private const string Numbers = "dataset: noisy_linear, predict: number";

    [Theory]
    [InlineData(Numbers, "val_accuracy", "objective.metric: val_accuracy is of classes, and noisy_linear has numbers to predict")]
    [InlineData(Numbers, "val_perplexity", "objective.metric: val_perplexity is of classes")]
    [InlineData("dataset: fashion-mnist", "val_r2", "objective.metric: val_r2 is of numbers, and fashion-mnist has classes")]
    [InlineData("dataset: spirals", "val_top5", "objective.metric: val_top5 is always 1 with 2 classes")]
    [InlineData("dataset: mnist, loss: mse", "val_perplexity", "objective.metric: val_perplexity is the exponential")]
    [InlineData("dataset: mnist", "epochs_to_target", "objective.metric: epochs_to_target counts the epochs to task.target, which is not given")]
    [InlineData(Numbers + ", target: 0.9", "epochs_to_target", "task.target_metric: val_accuracy is of classes")]
    [InlineData(Numbers + ", loss: cross_entropy", "val_loss", "task.loss: cross_entropy is of classes, and noisy_linear has numbers")]
    [InlineData(Numbers + ", label_smoothing: 0.1", "val_loss", "task.label_smoothing: is of classes")]
    [InlineData("dataset: spirals, predict: number", "val_loss", "task.predict: spirals has no such setting")]
    [InlineData("dataset: mnist, window: 8", "val_loss", "task.window: mnist has no such setting")]
    [InlineData("dataset: spirals, augment_shift: 2", "val_loss", "task.augment_shift: moves images, and spirals has none")]
    [InlineData("dataset: 'csv:a.csv', augment_flip: true", "val_loss", "task.augment_flip: moves images, and csv:a.csv has none")]
    [InlineData("dataset: 'text:a.txt', augment_flip: true", "val_loss", "task.augment_flip: moves images, and text:a.txt has none")]
    [InlineData("dataset: spirals, rows: 40, validation_fraction: 0.01", "val_loss", "objective.metric: val_loss has no rows to be taken on: task.validation_fraction 0.01 of the 40 rows of spirals is none")]
    [InlineData("dataset: spirals, rows: 40, validation_fraction: 0.01, target: 0.9", "epochs_to_target", "task.target_metric: val_accuracy has no rows")]
    public void Task_ThatDoesNotGoTogether_IsAnError(string task, string metric, string message) =>
        Assert.Contains(message, Assert.Single(Check(task, metric)).ToString());

    [Theory]
    [InlineData(Numbers, "val_r2")]
    [InlineData(Numbers + ", loss: mse", "train_mae")]
    [InlineData(Numbers + ", target: 0.9, target_metric: val_r2", "epochs_to_target")]
    [InlineData("dataset: mnist, target: 0.9", "epochs_to_target")]
    [InlineData("dataset: mnist, augment_shift: 2, augment_flip: true", "val_top5")]
    [InlineData("dataset: spirals, augment_shift: 0", "seconds")]
    [InlineData("dataset: 'text:a.txt', window: 8", "val_perplexity")]
    [InlineData("dataset: spirals, rows: 40, validation_fraction: 0.01", "train_loss")]
    [InlineData("dataset: 'csv:a.csv', separator: ';', decimal_comma: true, header: false, numeric: a", "val_loss")]
    [InlineData("dataset: 'csv:a.csv', separator: \"\\t\"", "val_loss")]
    public void Task_ThatGoesTogether_IsNone(string task, string metric) => Assert.Empty(Check(task, metric));

    [Theory]
    [InlineData("task.loss: { values: [cross_entropy, mse] }", "val_perplexity", "the cross-entropy, which is not the loss here")]
    [InlineData("task.augment_shift: { min: 0, max: 3 }", "val_loss", "moves images")]
    [InlineData("task.validation_fraction: { values: [0.1, 0.0001] }", "val_loss", "task.validation_fraction 0.0001 of the 2000 rows of spirals is none")]
    [InlineData("task.validation_fraction: { min: 0.0001, max: 0.5 }", "val_loss", "task.validation_fraction 0.0001 of the 2000 rows of spirals is none")]
    [InlineData("task.validation_fraction: 0.0001, schedule: plateau", "train_loss", "schedule.metric: val_loss has no rows")]
    public void Task_ThatSomeTrialsVaryInto_IsAnError(string parameter, string metric, string message) =>
        Assert.Contains(message, Assert.Single(Check("dataset: spirals", metric, parameter)).ToString());

    [Fact]
    public void Goal_AgainstTheMetricsOwn_IsAWarning()
    {
        var result = Read(Numbers, "val_rmse, goal: maximize", "lr: { min: 0.001, max: 0.1 }");
        Assert.Contains("maximize val_rmse looks for the worst", Assert.Single(result.Warnings).ToString());
    }

    [Theory]
    [InlineData("schedule: step, schedule.every: 2, schedule.offset: 3", "schedule step: offset: 3 is not less than every, 2")]
    [InlineData("schedule: cosine, schedule.warmup_epochs: 9", "schedule cosine: warmup_epochs: 9 is not less than task.epochs, 9")]
    [InlineData("schedule: { values: [constant, step] }, schedule.every: 2, schedule.offset: { values: [1, 2, 3], when: { schedule: step } }", "offset: 2 is not less than every, 2 (and 1 more")]
    [InlineData("schedule: piecewise, schedule.boundaries: [2, 4], schedule.values: [1, 0.1]", "schedule piecewise: values has 2 entries")]
    [InlineData("schedule: cosine, task.epochs: { values: [2, 9] }, schedule.warmup_epochs: 3", "warmup_epochs: 3 is not less than task.epochs, 2")]
    [InlineData("schedule: cosine, schedule.warmup_epochs: { min: 5, max: 20 }", "is not less than task.epochs, 9")]
    [InlineData("schedule: one_cycle, optimizer: momentum, optimizer.momentum: { min: 0.8, max: 0.9 }", "schedule one_cycle moves optimizer.momentum, which the sweep varies")]
    [InlineData("schedule: plateau, schedule.metric: val_accuracy", "schedule.metric: val_accuracy is of classes", Numbers)]
    public void Schedule_OfSettingsThatDoNotGoTogether_IsAnError(string parameters, string message, string task = "dataset: spirals") =>
        Assert.Contains(message, Assert.Single(Check(task, "val_loss", parameters)).ToString());

    [Theory]
    [InlineData("schedule: step, schedule.every: 2, schedule.offset: { values: [0, 1] }")]
    [InlineData("schedule: piecewise, schedule.unit: steps, schedule.boundaries: [200, 4000], schedule.values: [1, 0.1, 0.01]")]
    [InlineData("schedule: one_cycle, optimizer: momentum, optimizer.momentum: { min: 0.8, max: 0.9 }, schedule.cycle_momentum: false")]
    [InlineData("schedule: one_cycle, optimizer: momentum, optimizer.momentum: 0.8")]
    [InlineData("schedule: { values: [cosine, plateau, learned_controller, cyclical] }, schedule.warmup_epochs: { min: 0, max: 3 }")]
    [InlineData("task.epochs: { values: [2, 9] }, schedule: cosine, schedule.warmup_epochs: { values: [1, 3], when: { task.epochs: 9 } }")]
    public void Schedule_OfSettingsThatGoTogether_IsNone(string parameters) => Assert.Empty(Check("dataset: spirals", "val_loss", parameters));

    [Fact]
    public void Mistake_IsOnTheLineOfItsSetting()
    {
        var text = "name: c\ntask: { dataset: spirals, epochs: 9 }\nobjective: { metric: val_loss }\nsearch: { sampler: random, trials: 2 }\nparameters:\n  lr: 0.1\n  schedule: step\n  schedule.every: 2\n  schedule.offset: 3\n";
        Assert.StartsWith("c.yaml:7: schedule: ", Assert.Single(TrainingCatalogue.Check(SpecReader.Read(text, "c.yaml", TrainingCatalogue.Create()).Spec!)).ToString());
    }

    private static IReadOnlyList<SpecError> Check(string task, string metric, string parameters = "lr: { min: 0.001, max: 0.1 }")
    {
        var result = Read(task, metric, parameters);
        Assert.True(result.Spec is not null, string.Join('\n', result.Errors));
        return TrainingCatalogue.Check(result.Spec);
    }

    private static SpecResult Read(string task, string metric, string parameters) => SpecReader.Read(
        $"name: c\ntask: {{ {task}, epochs: 9 }}\nobjective: {{ metric: {metric} }}\nsearch: {{ sampler: random, trials: 2 }}\nparameters: {{ {parameters} }}\n",
        "c.yaml",
        TrainingCatalogue.Create());
}
