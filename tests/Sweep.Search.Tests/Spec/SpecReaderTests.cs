using Sweep.Search.Pruners.Halving;
using Sweep.Search.Samplers.Grid;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Spec;

public sealed class SpecReaderTests
{
    [Fact]
    public void Example_OfTheDesign_IsRead()
    {
        var result = TestSpecs.Read(TestSpecs.Example);
        Assert.Empty(result.Errors);
        var spec = result.Spec!;
        Assert.Equal("fashion-optimizers", spec.Name);
        Assert.Equal(new Objective("val_accuracy", ObjectiveGoal.Maximize, ObjectiveOver.Last), Assert.Single(spec.Objectives));
        Assert.Equal(1, spec.TestTop);
        Assert.Equal(new SearchSpec(new RandomOptions(), 27, 7, new HalvingOptions(3, 9, 3)), spec.Search);
        Assert.Equal(9, spec.Task.Epochs);
        Assert.Equal("[128,64]", spec.Task.Settings["hidden"].ToString());
        Assert.Equal(TestSpecs.Example, spec.Source);
        Assert.Equal(7, spec.Space.Parameters.Count);
        Assert.False(spec.Space.IsFinite);
        Assert.True(spec.Space.Contains(TestSpecs.Point(
            ("optimizer", "momentum"), ("optimizer.momentum", 0.9), ("lr", 0.5), ("schedule", "exponential"), ("schedule.gamma", 0.6),
            ("task.batch_size", 64), ("optimizer.weight_decay", 0.0001))));
        Assert.Contains("128 is never used", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FiveMistakes_AreReportedAtOnce_EachWithItsLine()
    {
        var result = TestSpecs.Read("""
            name: Bad Name
            task: { dataset: fashon-mnist, model: mlp, hidden: [16], epochs: 9 }
            objective: { metric: val_loss }
            search:
              smpler: random
              sampler: random
              trials: 0
            parameters:
              optimizer: sgd
              lr: { min: 0.1, max: 0.001 }
            """);
        Assert.Null(result.Spec);
        Assert.Equal([1, 2, 5, 7, 10], result.Errors.Select(e => e.Line));
        Assert.Equal("s.yaml:10: lr: min 0.1 is not below max 0.001", result.Errors[4].ToString());
        Assert.Contains("did you mean 'fashion-mnist'?", result.Errors[1].Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'sampler'?", result.Errors[2].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_IsReadAsYaml()
    {
        var spec = TestSpecs.Valid("{\n\t\"name\": \"j\",\n\t\"task\": {\"dataset\": \"mnist\", \"model\": \"mlp\", \"hidden\": [], \"epochs\": 3},\n" +
            "\t\"objective\": {\"metric\": \"val_loss\", \"goal\": \"minimize\"},\n\t\"search\": {\"sampler\": \"random\", \"trials\": 4},\n" +
            "\t\"parameters\": {\"optimizer\": \"sgd\", \"lr\": {\"min\": 1e-3, \"max\": 1E-1}}\n}\n");
        Assert.Equal("j", spec.Name);
        Assert.Equal([0.001, 0.1], spec.Space.Parameters[1].Alternatives.Select(a => (ContinuousDistribution)a.Distribution).SelectMany(d => new[] { d.Low, d.High }));
    }

    [Fact]
    public void Placement_LeftOut_HasItsDefaults()
    {
        var spec = TestSpecs.Valid(TestSpecs.Example);
        Assert.Equal(new SweepPlacement(0, null, "", 5, ""), spec.Placement);
        Assert.False(spec.KeepsNumerics);
    }

    [Theory]
    [InlineData("gpu", "gpu")]
    [InlineData("[gpu, fast, a-1_b.c]", "a-1_b.c,fast,gpu")]
    [InlineData("\"80\"", "80")]
    public void Placement_IsRead_ItsLabelsSorted(string requires, string expected)
    {
        var spec = TestSpecs.Valid(TestSpecs.With(
            $"  optimizer: sgd\n  lr: 0.1\npriority: -7\nslots: 3\nrequires: {requires}\npoison_after: 0\nnumerics: same"));
        Assert.Equal(new SweepPlacement(-7, 3, expected, 0, ""), spec.Placement);
        Assert.True(spec.KeepsNumerics);
    }

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Label_OfAtMost50Characters_IsOne(int length, bool isLabel) => Assert.Equal(isLabel, Labels.IsLabel(new string('a', length)));

    [Fact]
    public void Anchors_AreFollowed()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: { values: &both [sgd, adam] }\n  lr: { values: [0.1], when: { optimizer: *both } }"));
        Assert.Equal(2, spec.Space.Size);
    }

    [Fact]
    public void GridWithoutTrials_TakesTheWholeGrid()
    {
        var spec = TestSpecs.Valid(TestSpecs.Grid);
        Assert.Equal(2 * (1 + 3 + 4) * 2, spec.Search.Trials);
        Assert.Equal(new GridOptions(false), spec.Search.Sampler);
    }

    [Fact]
    public void ListValuedSettings_MayVary()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: 0.1\n  task.hidden: { values: [[128, 64], [256]] }", task: "{ dataset: mnist, model: mlp, epochs: 9 }"));
        Assert.Equal("""{"optimizer":"sgd","lr":0.1,"task.hidden":[256]}""", spec.Space.At(1).ToJson());
        Assert.Equal(new long[] { 128, 64 }, Assert.IsType<long[]>(spec.Space.At(0).Entries[2].Value.ToObject()));
    }

    [Fact]
    public void ConstantThatTheDrawnOptimizerLacks_IsInactive()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: { values: [momentum, adam] }\n  optimizer.momentum: 0.8\n  lr: 0.1"));
        Assert.Equal(
            ["""{"optimizer":"momentum","optimizer.momentum":0.8,"lr":0.1}""", """{"optimizer":"adam","lr":0.1}"""],
            spec.Space.Points().Select(p => p.ToJson()));
    }

    [Fact]
    public void VaryingEpochs_AreEachTrialsOwn()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: 0.1\n  task.epochs: { values: [3, 5] }"));
        Assert.Equal([3, 5], spec.Space.Points().Select(spec.MaxResourceOf));
    }

    [Fact]
    public void TrialsAboveTheSize_AreWarnedOf()
    {
        var result = TestSpecs.Read(TestSpecs.With("  optimizer: { values: [sgd, adam] }\n  lr: 0.1"));
        Assert.Equal(2, result.Spec!.Search.Trials);
        Assert.Contains("2 configurations", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EarlyRungsWithVaryingSchedules_AreWarnedOf()
    {
        var result = TestSpecs.Read(TestSpecs.With(
            "  optimizer: sgd\n  lr: { min: 0.1, max: 1 }\n  schedule: { values: [constant, cosine] }",
            "{ sampler: random, trials: 5, pruner: { type: halving, min_resource: 2 } }"));
        Assert.NotNull(result.Spec);
        Assert.Contains("less than a third", Assert.Single(result.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forbidden_TakesCombinationsOut()
    {
        var spec = TestSpecs.Valid(TestSpecs.Grid + "\nforbidden:\n  - { optimizer: momentum, lr: 0.1 }\n  - { optimizer: adam, optimizer.beta1: 0.8, optimizer.weight_decay: [0.0, 0.1] }");
        Assert.Equal(32 - 6 - 8, spec.Space.Size);
        Assert.False(spec.Space.Contains(TestSpecs.Point(("task.batch_size", 32), ("optimizer", "momentum"), ("optimizer.momentum", 0.5), ("lr", 0.1))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("~")]
    [InlineData("just words")]
    [InlineData("- a\n- list")]
    [InlineData("a: [1, 2")]
    [InlineData("a: b: c")]
    [InlineData("\tname: x")]
    [InlineData("a: *nowhere")]
    [InlineData("a: &x [*x]")]
    [InlineData("name: x\n---\nname: y")]
    [InlineData("{\"name\": \"x\"")]
    [InlineData("? [a]\n: b")]
    [InlineData("name: \"\\ud800\"")]
    [InlineData("\0\0\0")]
    [InlineData("%YAML 9.9\n---\na: b")]
    public void Garbage_IsAnErrorNeverAnException(string text)
    {
        var result = TestSpecs.Read(text);
        Assert.Null(result.Spec);
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, e => Assert.True(e.Line >= 1 && e.Message.Length > 0 && !e.Message.Contains('\n', StringComparison.Ordinal)));
    }

    [Fact]
    public void DeepNesting_IsAnError() =>
        Assert.Contains("deep", TestSpecs.Read("a: " + new string('[', 20_000)).Errors[0].Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void AnyPrefixOfAFile_NeverThrows(int which)
    {
        var text = which == 0 ? TestSpecs.Example : TestSpecs.Grid;
        for (var length = 0; length < text.Length; length++)
        {
            Assert.NotNull(TestSpecs.Read(text[..length]));
        }
    }
}
