using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Silo.Tests.Execution;

public sealed class TrainingCatalogueTests
{
    public static TheoryData<string> Optimizers() => [.. OptimizerRegistry.All.Select(o => o.Name)];

    public static TheoryData<string> Schedules() => [.. ScheduleRegistry.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizer_IsReachableByName(string name) =>
        AssertValid($"parameters: {{ optimizer: {name}, lr: {{ min: 0.001, max: 0.1 }} }}");

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Schedule_IsReachableByName(string name) =>
        AssertValid($"parameters: {{ schedule: {name}, lr: {{ min: 0.001, max: 0.1 }} }}");

    [Fact]
    public void Sequence_TakesMembersAndTheirSettings() => AssertValid("""
        parameters:
          schedule: sequence
          schedule.schedules: [linear, cosine]
          schedule.milestones: [2]
          schedule.cosine.min_factor: { min: 0.0, max: 0.1 }
          lr: { min: 0.001, max: 0.1 }
        """);

    [Theory]
    [InlineData("parameters: { schedule: sequence, schedule.schedules: [linear, cosin], lr: { min: 0.001, max: 0.1 } }", "did you mean 'cosine'?")]
    [InlineData("parameters: { optimizer: adam, optimizer.beta1: 1.5, lr: { min: 0.001, max: 0.1 } }", "1.5 is outside the range")]
    [InlineData("parameters: { optimizer: adam, optimizer.momentum: 0.9, lr: { min: 0.001, max: 0.1 } }", "optimizer.momentum")]
    [InlineData("parameters: { lr: { min: 0.0, max: 0.1 } }", "lr")]
    public void Parameter_OutsideTheCatalogue_IsAnError(string parameters, string message)
    {
        var result = Read(parameters);
        Assert.Null(result.Spec);
        Assert.Contains(message, string.Join('\n', result.Errors));
    }

    [Theory]
    [InlineData("idx:", false)]
    [InlineData("idx:some/folder", true)]
    [InlineData("fashion-mnits", false)]
    public void Dataset_NameOrIdxFolder(string name, bool isValid) =>
        Assert.Equal(isValid, Read("parameters: { lr: { min: 0.001, max: 0.1 } }", name).Spec is not null);

    private static void AssertValid(string parameters)
    {
        var result = Read(parameters);
        Assert.True(result.Spec is not null, string.Join('\n', result.Errors));
        Assert.Empty(result.Warnings);
    }

    private static SpecResult Read(string parameters, string dataset = "fashion-mnist") => SpecReader.Read(
        $"name: c\ntask: {{ dataset: '{dataset}', epochs: 9 }}\nobjective: {{ metric: val_loss }}\nsearch: {{ sampler: random, trials: 2 }}\n{parameters}\n",
        "c.yaml",
        TrainingCatalogue.Create());
}
