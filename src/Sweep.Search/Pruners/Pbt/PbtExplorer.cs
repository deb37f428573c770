using Sweep.Search.Randomness;
using Sweep.Search.Spaces;

namespace Sweep.Search.Pruners.Pbt;

/// <summary>Varies the settings of a training in progress: <c>lr</c> and numbers of the optimizer and the schedule; everything else stays.</summary>
internal sealed class PbtExplorer(Space space, long seed, double resampleProbability)
{
    /// <summary>Random numbers for the choice of a donor.</summary>
    internal const uint Donor = 0x5000_0000;

    private const uint Choice = 0x5000_0001;
    private const uint Value = 0x5000_0002;
    private const double Up = 1.2;
    private const double Down = 0.8;

    /// <summary>Another configuration near one; the same when what comes out is forbidden or outside of the space.</summary>
    internal Configuration Explore(Configuration configuration, int number, int generation)
    {
        if (space.CoordinatesOf(configuration) is not { } coordinates)
        {
            return configuration;
        }

        foreach (var axis in space.Axes)
        {
            var at = axis.Dimension;
            if (axis.Kind != AxisKind.Numeric || double.IsNaN(coordinates[at]) || !MayChange(axis.Name))
            {
                continue;
            }

            var which = (generation * space.Dimensions) + at;
            var choice = Philox.Uniform(seed, number, Choice, which);
            coordinates[at] = choice < resampleProbability
                ? axis.Draw(Philox.Uniform(seed, number, Value, which))
                : axis.Times(coordinates[at], choice < resampleProbability + ((1 - resampleProbability) / 2) ? Up : Down);
        }

        // A condition on what has changed may call for a parameter that was inactive.
        double Coordinate(int dimension) => double.IsNaN(coordinates[dimension])
            ? space.Axes[dimension].Draw(Philox.Uniform(seed, number, Value, (generation * space.Dimensions) + dimension))
            : coordinates[dimension];

        return space.Compose(Coordinate)?.ToConfiguration() is { } found && space.Contains(found) ? found : configuration;
    }

    private static bool MayChange(string name) =>
        name == "lr" || name.StartsWith("optimizer.", StringComparison.Ordinal) || name.StartsWith("schedule.", StringComparison.Ordinal);
}
