using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Runs;
using Sweep.Search.Tests.Spec;

namespace Sweep.Search.Tests.Samplers;

/// <summary>A sampler that the product does not have is one component in a catalogue: no reader, factory or check knows its name.</summary>
public sealed class AddedSamplerTests
{
    private static readonly Catalogue Catalogue = TestCatalogue.Instance with { Samplers = [.. SamplerRegistry.All, StrideOptions.Component] };

    [Fact]
    public void AddedSampler_IsReadWithItsSettings()
    {
        Assert.Equal(new StrideOptions(2), Read("{ sampler: stride, stride: 2, trials: 3 }").Spec!.Search.Sampler);
        Assert.Equal(new StrideOptions(1), Read("{ sampler: stride, trials: 3 }").Spec!.Search.Sampler);
    }

    [Theory]
    [InlineData("{ sampler: stride, stride: 0, trials: 3 }", "s.yaml:4: search.stride: expected a whole number from 1 on, found '0'")]
    [InlineData("{ sampler: stride, stride: 7, trials: 3 }", "s.yaml:4: search.stride: 7 is odd")]
    [InlineData("{ sampler: random, stride: 2, trials: 3 }", "s.yaml:4: search.stride: is a setting of the sampler stride; here it is random")]
    [InlineData("{ sampler: strid, trials: 3 }", "s.yaml:4: search.sampler: unknown value 'strid'; did you mean 'stride'?")]
    public void AddedSampler_WithBadSettings_IsAnError(string search, string error) =>
        Assert.StartsWith(error, Assert.Single(Read(search).Errors).ToString());

    [Fact]
    public void AddedSampler_ThatTheCatalogueLacks_IsUnknown() =>
        Assert.StartsWith("unknown value 'stride'", TestSpecs.Read(TestSpecs.With("  optimizer: { values: [sgd, adam] }\n  lr: 0.1", "{ sampler: stride, trials: 3 }")).Errors[0].Message);

    [Fact]
    public void AddedSampler_Runs()
    {
        var search = new SweepSearch(Read("{ sampler: stride, stride: 2, trials: 3 }").Spec!);
        Assert.Equal(["sgd", "adagrad", "adam"], search.Suggest(3).Select(suggestion => suggestion.Configuration.Entries.First(entry => entry.Key == "optimizer").Value.AsText));
    }

    [Fact]
    public void AddedSampler_IsDocumented() =>
        Assert.Equal("| `stride` | `stride` | 1 | points from one trial to the next |\n", SearchDocumentationTests.Rows([StrideOptions.Component]));

    private static SpecResult Read(string search) =>
        SpecReader.Read(TestSpecs.With("  optimizer: { values: [sgd, momentum, adagrad, rmsprop, adam] }\n  lr: 0.1", search), "s.yaml", Catalogue);

    private sealed record StrideOptions(int Stride) : SamplerOptions
    {
        internal static Component<SamplerOptions> Component { get; } = new(
            "stride",
            "points of a finite space at equal distances",
            [Setting.Whole("stride", 1, 1, "points from one trial to the next")],
            values => new StrideOptions((int)values.Integer("stride")))
        {
            FindError = values => values.Integer("stride") is var stride && stride > 1 && stride % 2 == 1 ? new SettingError("stride", $"{stride} is odd") : null,
        };

        public override string Name => Component.Name;

        public override bool Learns => false;

        public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new StrideSampler(space, Stride);
    }

    private sealed class StrideSampler(Space space, int stride) : ISampler
    {
        public Configuration? Suggest(int number) => (ulong)(number * stride) < space.NumberedSize ? space.At((ulong)(number * stride)) : null;
    }
}
