namespace Sweep.Search.Ranking;

/// <summary>Non-dominated fronts of several objectives, and how crowded a place on one is.</summary>
/// <remarks>
/// Deb et al. (2002), "A fast and elitist multiobjective genetic algorithm: NSGA-II", section III; the fronts are found as by Zhang et al.
/// (2015), "An efficient approach to nondominated sorting". Losses: the less the better, none is NaN.
/// </remarks>
public static class ParetoFronts
{
    /// <summary>Whether <paramref name="x"/> is nowhere worse than <paramref name="y"/> and somewhere better.</summary>
    public static bool Dominates(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var isBetter = false;
        for (var i = 0; i < x.Count; i++)
        {
            if (x[i] > y[i])
            {
                return false;
            }

            isBetter |= x[i] < y[i];
        }

        return isBetter;
    }

    /// <summary>The fronts, the best first, as indexes in rising order.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(IReadOnlyList<IReadOnlyList<double>> losses)
    {
        var order = Enumerable.Range(0, losses.Count).ToArray();
        Array.Sort(order, (x, y) => Lexicographic(losses, x, y));
        var fronts = new List<List<int>>();
        foreach (var index in order)
        {
            // In this order nobody dominates somebody before: a front is final for all that came.
            var front = 0;
            while (front < fronts.Count && IsDominated(losses, index, fronts[front]))
            {
                front++;
            }

            if (front == fronts.Count)
            {
                fronts.Add([]);
            }

            fronts[front].Add(index);
        }

        fronts.ForEach(front => front.Sort());
        return fronts;
    }

    /// <summary>The crowding distance of each member of a front: infinite at the ends of an objective, larger where neighbours are far.</summary>
    /// <param name="front">Indexes into <paramref name="losses"/>; the result is in their order.</param>
    public static double[] Crowding(IReadOnlyList<IReadOnlyList<double>> losses, IReadOnlyList<int> front)
    {
        var distances = new double[front.Count];
        if (front.Count == 0)
        {
            return distances;
        }

        for (var objective = 0; objective < losses[front[0]].Count; objective++)
        {
            double At(int place) => losses[front[place]][objective];

            var order = Enumerable.Range(0, front.Count).ToArray();
            Array.Sort(order, (x, y) => At(x) != At(y) ? At(x).CompareTo(At(y)) : front[x].CompareTo(front[y]));
            distances[order[0]] = double.PositiveInfinity;
            distances[order[^1]] = double.PositiveInfinity;
            var range = At(order[^1]) - At(order[0]);
            for (var i = 1; i < order.Length - 1 && range > 0 && double.IsFinite(range); i++)
            {
                distances[order[i]] += (At(order[i + 1]) - At(order[i - 1])) / range;
            }
        }

        return distances;
    }

    /// <summary>Indexes by front, within a front the least crowded first, then the lower index.</summary>
    public static IReadOnlyList<int> Order(IReadOnlyList<IReadOnlyList<double>> losses)
    {
        var order = new List<int>(losses.Count);
        foreach (var front in Of(losses))
        {
            var crowding = Crowding(losses, front);
            order.AddRange(Enumerable.Range(0, front.Count).OrderByDescending(i => crowding[i]).ThenBy(i => front[i]).Select(i => front[i]));
        }

        return order;
    }

    private static bool IsDominated(IReadOnlyList<IReadOnlyList<double>> losses, int index, List<int> front)
    {
        for (var i = front.Count - 1; i >= 0; i--)
        {
            if (Dominates(losses[front[i]], losses[index]))
            {
                return true;
            }
        }

        return false;
    }

    private static int Lexicographic(IReadOnlyList<IReadOnlyList<double>> losses, int x, int y)
    {
        for (var i = 0; i < losses[x].Count; i++)
        {
            if (losses[x][i] != losses[y][i])
            {
                return losses[x][i].CompareTo(losses[y][i]);
            }
        }

        return x.CompareTo(y);
    }
}
