using MathNet.Numerics.Distributions;
using Sweep.Search.Spec;

namespace Sweep.Search.Ranking;

/// <summary>One value out of those of a configuration's replicates, and how far they lie apart.</summary>
public static class ReplicateValues
{
    private const double Upper = 0.975;

    /// <summary>What the configuration is compared by; null when one of its replicates has no value.</summary>
    /// <param name="values">At least one, in the order of the replicates.</param>
    public static double? Of(IReadOnlyList<double?> values, ReplicateRank rank, ObjectiveGoal goal)
    {
        if (values.Any(value => !ObjectiveValues.HasValue(value)))
        {
            return null;
        }

        var numbers = values.Select(value => value!.Value).ToArray();
        return rank switch
        {
            ReplicateRank.Median => Median(numbers),
            ReplicateRank.LowerBound => Mean(numbers) + (goal == ObjectiveGoal.Maximize ? -Margin(numbers) : Margin(numbers)),
            _ => Mean(numbers),
        };
    }

    /// <summary>The sample's standard deviation (n − 1); null when a value is missing or there is only one.</summary>
    public static double? Deviation(IReadOnlyList<double?> values) =>
        values.Count < 2 || values.Any(value => !ObjectiveValues.HasValue(value)) ? null : Deviation([.. values.Select(value => value!.Value)]);

    // Of equal values exactly that value, so that they do not lie apart by a rounding.
    private static double Mean(double[] numbers) => Array.TrueForAll(numbers, number => number == numbers[0]) ? numbers[0] : numbers.Sum() / numbers.Length;

    private static double Median(double[] numbers)
    {
        var sorted = numbers.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double Deviation(double[] numbers)
    {
        var mean = Mean(numbers);
        return Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1));
    }

    private static double Margin(double[] numbers) =>
        StudentT.InvCDF(0, 1, numbers.Length - 1, Upper) * Deviation(numbers) / Math.Sqrt(numbers.Length);
}
