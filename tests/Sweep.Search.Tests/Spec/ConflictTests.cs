using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Spec;

/// <summary>An optimizer and a schedule that do not go together: an error exactly when a trial can draw both.</summary>
public sealed class ConflictTests
{
    private const string Step = "\n  schedule.gamma: 0.5\n  schedule.every: 2";

    [Theory]
    [InlineData("  optimizer: adam\n  lr: 0.1\n  schedule: step")]
    [InlineData("  optimizer: { values: [sgd, adam] }\n  lr: 0.1\n  schedule: { values: [constant, step] }")]
    [InlineData("  optimizer: { values: [sgd, adam] }\n  lr: 0.1\n  schedule: [{ values: [constant], when: { optimizer: sgd } }, { values: [step], when: { optimizer: adam } }]")]
    public void Pair_ThatCanBeDrawn_IsAnError(string lines)
    {
        var error = Assert.Single(Read(lines + Step).Errors);
        Assert.Equal(8, error.Line);
        Assert.Contains("adam does not go with step; a 'when' or 'forbidden' keeps them apart", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  optimizer: sgd\n  lr: 0.1\n  schedule: step", "")]
    [InlineData("  optimizer: { values: [sgd, adam] }\n  lr: 0.1\n  schedule: [{ values: [step], when: { optimizer: sgd } }, { values: [constant], when: { optimizer: adam } }]", "")]
    [InlineData("  optimizer: { values: [sgd, adam] }\n  lr: 0.1\n  schedule: { values: [constant, step] }", "\nforbidden: [{ optimizer: adam, schedule: step }]")]
    public void Pair_ThatCannotBeDrawn_IsNone(string lines, string after) => Assert.Empty(Read(lines + Step + after).Errors);

    private static SpecResult Read(string lines) => SpecReader.Read(TestSpecs.With(lines), "test.yaml", TestCatalogue.Instance);
}
