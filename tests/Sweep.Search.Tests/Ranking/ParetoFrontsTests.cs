using Sweep.Search.Randomness;
using Sweep.Search.Ranking;

namespace Sweep.Search.Tests.Ranking;

public class ParetoFrontsTests
{
    [Fact]
    public void Fronts_OfASmallCase_AreThoseByHand()
    {
        // (1,5) (2,3) (4,1) are not dominated; without them (2,4) and (5,1); then (4,4).
        double[][] losses = [[4, 4], [1, 5], [2, 4], [4, 1], [2, 3], [5, 1]];
        Assert.Equal([[1, 3, 4], [2, 5], [0]], ParetoFronts.Of(losses).Select(front => front.ToArray()));
    }

    [Fact]
    public void EqualPoints_AreOnOneFront() => Assert.Equal([[0, 1, 2]], ParetoFronts.Of([[1, 2], [1, 2], [1, 2]]).Select(front => front.ToArray()));

    [Fact]
    public void Fronts_OfThreeObjectives_AreThoseByPeeling()
    {
        var losses = Enumerable.Range(0, 120).Select(i => Enumerable.Range(0, 3).Select(j => Math.Floor(6 * Philox.Uniform(3, i, 0, j))).ToArray()).ToArray();
        var left = Enumerable.Range(0, losses.Length).ToList();
        foreach (var front in ParetoFronts.Of(losses))
        {
            var peeled = left.Where(i => !left.Exists(j => ParetoFronts.Dominates(losses[j], losses[i]))).ToList();
            Assert.Equal(peeled, front);
            left = [.. left.Except(peeled)];
        }

        Assert.Empty(left);
    }

    [Fact]
    public void Crowding_IsDebs()
    {
        // Deb et al. (2002): the sides of the cuboid of the neighbours, each over the objective's range (8 and 8).
        double[][] losses = [[0, 8], [1, 5], [4, 4], [8, 0]];
        var crowding = ParetoFronts.Crowding(losses, [0, 1, 2, 3]);
        Assert.Equal(new[] { double.PositiveInfinity, (4 / 8.0) + (4 / 8.0), (7 / 8.0) + (5 / 8.0), double.PositiveInfinity }, crowding);
        Assert.Equal([0, 3, 2, 1], ParetoFronts.Order(losses));
    }

    [Fact]
    public void Crowding_WithInfinitiesAndTies_HasNoNaN()
    {
        double[][] losses = [[double.NegativeInfinity, 3], [1, double.PositiveInfinity], [1, 2], [1, 2]];
        Assert.DoesNotContain(ParetoFronts.Crowding(losses, [0, 1, 2, 3]), double.IsNaN);
        Assert.Equal(4, ParetoFronts.Order(losses).Distinct().Count());
        Assert.Empty(ParetoFronts.Order([]));
    }
}
