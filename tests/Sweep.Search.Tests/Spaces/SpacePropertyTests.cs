using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Grid;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Spaces;

public sealed class SpacePropertyTests
{
    [Fact]
    public void FinitePoints_AreExactlyThoseFoundByEnumeration() => Check(seed =>
    {
        var space = RandomSpaces.Make(seed, finite: true);
        var expected = RandomSpaces.Enumerate(space).ToList();
        return space.Size == expected.Count && space.Points().SequenceEqual(expected);
    });

    [Fact]
    public void IndexOf_IsTheInverseOfAt() => Check(seed =>
    {
        var space = RandomSpaces.Make(seed, finite: true);
        return space.Points().Select((point, i) => space.IndexOf(point) == i).All(same => same);
    });

    [Fact]
    public void Json_GivesBackTheConfiguration() => Check(seed =>
    {
        var space = RandomSpaces.Make(seed, finite: false);
        var point = new RandomSampler(space, seed).Suggest(0)!;
        return Configuration.Parse(point.ToJson()).Equals(point) && Configuration.Parse(point.ToJson()).ToJson() == point.ToJson();
    });

    [Fact]
    public void RandomSuggestions_AreInsideTheSpace() => Check(seed =>
    {
        var space = RandomSpaces.Make(seed, finite: false);
        var sampler = new RandomSampler(space, seed);
        return Enumerable.Range(0, 20).Select(sampler.Suggest).TakeWhile(c => c is not null).All(c => space.Contains(c!));
    });

    [Fact]
    public void RandomInAFiniteSpace_TakesEveryPointOnce_AndStops() => Check(seed =>
    {
        var space = RandomSpaces.Make(seed, finite: true);
        return TakesEveryPointOnce(space, new RandomSampler(space, seed));
    });

    [Fact]
    public void Grids_TakeEveryPointOnce_AndStop() => Check(seed =>
    {
        var space = RandomSpaces.Make(seed, finite: true);
        return TakesEveryPointOnce(space, new GridSampler(space, shuffled: true, seed)) && TakesEveryPointOnce(space, new GridSampler(space, shuffled: false, seed));
    });

    [Fact]
    public void ARebuiltSampler_SuggestsTheSame() => Check(seed =>
    {
        var space = RandomSpaces.Make(seed, finite: seed % 2 == 0);
        var live = new RandomSampler(space, seed);
        var all = Enumerable.Range(0, 12).Select(live.Suggest).ToList();
        return Enumerable.Range(0, 12).All(n => Equals(new RandomSampler(space, seed).Suggest(n), all[n]));
    });

    private static bool TakesEveryPointOnce(Space space, ISampler sampler)
    {
        var size = (int)space.Size!;
        var points = Enumerable.Range(0, size).Select(sampler.Suggest).ToHashSet();
        return points.SetEquals(space.Points()) && sampler.Suggest(size) is null && sampler.Suggest(size + 5) is null;
    }

    private static void Check(Func<int, bool> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property).QuickCheckThrowOnFailure();
}
