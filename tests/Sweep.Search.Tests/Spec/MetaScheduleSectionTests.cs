using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Spec;

/// <summary><c>schedule: meta</c> in a sweep file, before and after it was resolved.</summary>
public sealed class MetaScheduleSectionTests
{
    private const string Text = """
        name: later
        task: { dataset: mnist, model: mlp, hidden: [16], epochs: 9 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 4 }
        parameters:
          optimizer: sgd
          schedule: meta
          lr: { min: 0.001, max: 1.0, distribution: log_uniform }
        """;

    private const string Resolved = Text + """

        meta:
          schedule: step
          settings: { gamma: 0.5, every: 3 }
          sources: [ { sweep: earlier, trial: 7, task: fashion-mnist mlp, schedule: step, weight: 0.5 } ]
        """;

    [Fact]
    public void Meta_Unresolved_IsValidAndSaysSo()
    {
        var spec = Read(Text).Spec!;
        Assert.Equal(new MetaSpec(null, []).Schedule, spec.Meta!.Schedule);
        Assert.Empty(spec.Meta.Sources);
    }

    [Fact]
    public void Meta_Resolved_IsTheScheduleWithItsSettings()
    {
        var spec = Read(Resolved).Spec!;
        Assert.Equal("step", spec.Meta!.Schedule);
        Assert.Equal(new MetaSource("earlier", 7, "fashion-mnist mlp", "step", 0.5), Assert.Single(spec.Meta.Sources));
        Assert.Equal(["optimizer", "schedule", "schedule.gamma", "schedule.every", "lr"], spec.Space.Parameters.Select(p => p.Name));
        Assert.Equal("step", spec.Space.Parameters[1].Alternatives[0].Distribution.At(0).AsText);
        Assert.Null(Read(Text.Replace("schedule: meta", "schedule: cosine", StringComparison.Ordinal)).Spec!.Meta);
    }

    [Theory]
    [InlineData("schedule: meta", "schedule: { values: [constant, meta] }", "meta is resolved to one schedule, so it stands alone")]
    [InlineData("schedule: meta", "schedule: meta\n  schedule.gamma: 0.5", "takes the schedule's settings from earlier sweeps")]
    [InlineData("schedule: meta", "schedule: meta\n  task.epochs: { values: [3, 9] }", "looks for sweeps with the same task.epochs")]
    public void Meta_WhereItCannotStand_SaysWhy(string from, string to, string message) =>
        Assert.Contains(Read(Text.Replace(from, to, StringComparison.Ordinal)).Errors, error => error.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("schedule: meta", "schedule: cosine", "holds what schedule: meta was resolved to, and schedule is not meta here")]
    [InlineData("  schedule: step\n", "", "is required: what meta was resolved to")]
    [InlineData("schedule: step\n", "schedule: stairs\n", "unknown value 'stairs'")]
    [InlineData("gamma: 0.5", "gamma: 5", "outside the range")]
    [InlineData("weight: 0.5", "weight: 7", "expected a number from 0 to 1")]
    [InlineData("optimizer: sgd", "optimizer: adam", "adam does not go with step")]
    public void Section_WithAMistake_SaysWhich(string from, string to, string message) =>
        Assert.Contains(Read(Resolved.Replace(from, to, StringComparison.Ordinal)).Errors, error => error.Message.Contains(message, StringComparison.Ordinal));

    private static SpecResult Read(string text) => SpecReader.Read(text.ReplaceLineEndings("\n"), "later.yaml", TestCatalogue.Instance);
}
