using Sweep.Search.Spec;
using Sweep.Silo.Execution;

namespace Sweep.Silo.Tests.Execution;

public sealed class MachineNeedsTests
{
    private const string Lack = "bfloat16 needs a processor with AVX512-BF16 (avx512_bf16), which this machine lacks";

    [Theory]
    [InlineData("task: { epochs: 9 }", null)]
    [InlineData("task: { epochs: 9, precision: bfloat16 }", "task.precision: " + Lack)]
    [InlineData("task: { epochs: 9, device: cpu }", null)]
    [InlineData("task: { epochs: 9, device: 'cuda:1' }", "task.device: cuda:1 is missing")]
    public void Sweep_OnAPoorMachine_IsToldWhatItLacks(string task, string? error) =>
        Assert.Equal(error is null ? [] : [error], Missing(task, "lr: { min: 0.001, max: 0.1 }", Lack));

    [Fact]
    public void Sweep_ThatVariesThem_IsToldOfEachThatIsMissing() => Assert.Equal(
        ["task.device: cuda is missing", "task.precision: bfloat16 goes with the device cpu, not with cuda", "task.precision: " + Lack],
        Missing("task: { epochs: 9 }", "task.device: { values: [cpu, cuda] }, task.precision: { values: [float32, bfloat16] }", Lack));

    [Fact]
    public void Sweep_OnAMachineThatHasIt_IsFine() =>
        Assert.Empty(Missing("task: { epochs: 9, precision: bfloat16 }", "lr: { min: 0.001, max: 0.1 }", null));

    [Theory]
    [InlineData("cpu", null)]
    [InlineData("cuda:99", "task.device: cuda:99 is not available: ")]
    public void Prepare_OnThisMachine_RefusesWhatItLacksAlone(string device, string? message)
    {
        var spec = Read($"task: {{ epochs: 9, dataset: spirals, device: '{device}' }}", "lr: { min: 0.001, max: 0.1 }");
        var thrown = Record.Exception(() => TorchTrainings.Prepare(spec, _ => { }).Dispose());
        Assert.Equal(message is null, thrown is null);
        Assert.StartsWith(message ?? "", thrown?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: transformer, heads: 5", "task.heads: a width of 64 cannot be shared evenly by 5 heads")]
    [InlineData("model: resnet8, precision: bfloat16", "task.precision: bfloat16 is for models of fully connected, convolution and pooling layers, not for resnet8 as it is set")]
    [InlineData("model: cnn, batch_norm: true, precision: bfloat16", "task.precision: bfloat16 is for models of fully connected, convolution and pooling layers, not for cnn as it is set")]
    [InlineData("device: 'cuda:99'", "task.device: cuda:99 is not available: ")]
    public void Check_OfSettingsThatDoNotGo_TellsTheLine(string task, string message)
    {
        var error = TrainingCatalogue.Check(Read($"task: {{ epochs: 9, {task} }}", "lr: { min: 0.001, max: 0.1 }"))[0];
        Assert.Contains(message, $"{error.Path}: {error.Message}", StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Theory]
    [InlineData("task.heads: { values: [5, 7] }, task.init: { values: [default, xavier_normal] }", 1)]
    [InlineData("task.heads: { values: [5, 8] }, task.init: { values: [default, xavier_normal] }", 0)]
    [InlineData("task.heads: { min: 5, max: 7 }", 1)]
    [InlineData("task.width: { min: 8, max: 64 }, task.heads: 5", 0)]
    public void Check_OfSettingsThatVary_RefusesWhatNoTrialCanHave(string parameters, int errors) =>
        Assert.Equal(errors, TrainingCatalogue.Check(Read("task: { epochs: 9, model: transformer }", parameters)).Count);

    private static IEnumerable<string> Missing(string task, string parameters, string? bfloat16) =>
        MachineNeeds.Of(Read(task, parameters), () => bfloat16, device => device == "cpu" ? null : $"{device} is missing").Select(m => $"{m.Path}: {m.Message}");

    private static SweepSpec Read(string task, string parameters)
    {
        var result = SpecReader.Read(
            $"name: c\n{task}\nobjective: {{ metric: val_loss }}\nsearch: {{ sampler: random, trials: 2 }}\nparameters: {{ {parameters} }}\n",
            "c.yaml",
            TrainingCatalogue.Create());
        Assert.True(result.Spec is not null, string.Join('\n', result.Errors));
        return result.Spec;
    }
}
