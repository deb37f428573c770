using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Tests.Spec;

namespace Sweep.Search.Tests.Runs;

public sealed class EnqueueTests
{
    private const string Lines = "  optimizer: { values: [sgd, adam] }\n  lr: { values: [0.1, 0.2, 0.3] }\nenqueue: [ { optimizer: adam, lr: 0.2 }, { optimizer: sgd, lr: 0.3 } ]";

    [Theory]
    [InlineData("{ sampler: grid }")]
    [InlineData("{ sampler: random, trials: 6 }")]
    [InlineData("{ sampler: sobol, trials: 6 }")]
    [InlineData("{ sampler: tpe, trials: 6 }")]
    public void GivenPoints_ComeFirst_AndNoneTwice(string sampler)
    {
        var spec = TestSpecs.Valid(TestSpecs.With(Lines, sampler));
        spec = spec with { Search = spec.Search with { Parallel = 6 } };
        var all = new SweepSearch(spec).Suggest(6).Select(s => s.Configuration).ToList();
        Assert.Equal(spec.Search.Enqueue, all.Take(2));
        Assert.Equal(6, all.Distinct().Count());

        // Rebuilt in the middle, it goes on the same.
        var rebuilt = new SweepSearch(spec);
        rebuilt.Restore(all[..3]);
        Assert.Equal(all.Skip(3), rebuilt.Suggest(6).Select(s => s.Configuration));
    }

    [Fact]
    public void InAnInfiniteSpace_TheSamplersPointsAreNotShifted()
    {
        const string Space = "  optimizer: sgd\n  lr: { min: 0.1, max: 1 }\n";
        List<Configuration> Points(string more) => [.. new SweepSearch(TestSpecs.Valid(TestSpecs.With(Space + more))).Suggest(5).Select(s => s.Configuration)];
        Assert.Equal(Points("")[..4], Points("enqueue: [ { lr: 0.5 } ]")[1..]);
    }
}
