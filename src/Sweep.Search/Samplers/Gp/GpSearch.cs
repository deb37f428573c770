using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Gp;

/// <summary>Looks for the point of a space where a score is largest: quasi-random points, then steps from the best of them along each dimension.</summary>
/// <param name="free">The axes that have something to choose.</param>
/// <param name="score">Of the features of a point.</param>
internal sealed class GpSearch(Space space, Axis[] free, Func<double[], double> score)
{
    private const int Starts = 4;
    private const double FirstStep = 0.1;
    private const double LastStep = 1e-4;

    /// <summary>A place of the search: by dimension, the share of its length or the index of a value.</summary>
    internal sealed record Place(double[] Shares, SpacePoint Point, double Score);

    /// <summary>Places by score, the best first.</summary>
    /// <param name="candidates">How many quasi-random points.</param>
    /// <param name="given">More places to begin with.</param>
    internal List<Place> Best(IPointSequence sequence, int first, int candidates, IEnumerable<double[]> given)
    {
        var places = new List<Place>();
        for (var i = 0; i < candidates; i++)
        {
            Add(places, [.. space.Axes.Select((axis, d) => FromQuantile(axis, sequence.At(first + i, d)))]);
        }

        foreach (var shares in given)
        {
            Add(places, shares);
        }

        places.Sort((x, y) => y.Score.CompareTo(x.Score));
        for (var i = 0; i < Math.Min(Starts, places.Count); i++)
        {
            places[i] = Climb(places[i]);
        }

        places.Sort((x, y) => y.Score.CompareTo(x.Score));
        return places;
    }

    /// <summary>What a model sees of coordinates: inactive numbers at the middle, inactive values as none.</summary>
    /// <param name="axes">Those that have something to choose.</param>
    internal static double[] Features(Axis[] axes, double[] coordinates)
    {
        var features = new double[axes.Length];
        for (var i = 0; i < features.Length; i++)
        {
            var isNumeric = axes[i].Kind == AxisKind.Numeric;
            var coordinate = coordinates[axes[i].Dimension];
            features[i] = double.IsNaN(coordinate) ? (isNumeric ? 0.5 : -1) : isNumeric ? axes[i].ToUnit(coordinate) : coordinate;
        }

        return features;
    }

    private void Add(List<Place> places, double[] shares)
    {
        if (At(shares) is { } place)
        {
            places.Add(place);
        }
    }

    private Place? At(double[] shares)
    {
        var coordinates = new double[shares.Length];
        Array.Fill(coordinates, double.NaN);
        var point = space.Compose(d => coordinates[d] = space.Axes[d].Kind == AxisKind.Numeric ? space.Axes[d].FromUnit(shares[d]) : shares[d]);
        return point is { } found ? new Place(shares, found, score(Features(free, coordinates))) : null;
    }

    private Place Climb(Place place)
    {
        for (var step = FirstStep; step > LastStep; step /= 3)
        {
            for (var improved = true; improved;)
            {
                improved = false;
                for (var d = 0; d < place.Shares.Length; d++)
                {
                    foreach (var value in Neighbours(space.Axes[d], place.Shares[d], step))
                    {
                        var shares = (double[])place.Shares.Clone();
                        shares[d] = value;
                        if (At(shares) is { } next && next.Score > place.Score + 1e-9)
                        {
                            (place, improved) = (next, true);
                        }
                    }
                }
            }
        }

        return place;
    }

    private static IEnumerable<double> Neighbours(Axis axis, double share, double step)
    {
        switch (axis.Kind)
        {
            case AxisKind.Numeric:
                // A lattice is walked by whole steps at least.
                var width = axis.Count > 0 ? Math.Max(step, 1.0 / axis.Count) : step;
                yield return Math.Min(1, share + width);
                yield return Math.Max(0, share - width);
                break;
            case AxisKind.Categorical when step == FirstStep:
                for (var value = 0; value < axis.Count; value++)
                {
                    yield return value;
                }

                break;
        }
    }

    private static double FromQuantile(Axis axis, double u) => axis.Kind switch
    {
        AxisKind.Numeric => u,
        AxisKind.Categorical => axis.Draw(u),
        _ => 0,
    };
}
