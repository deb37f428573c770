using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>Rules for the lists among a schedule's settings.</summary>
internal static class Lists
{
    public static void ThrowIfNotAscending(string name, IReadOnlyList<Rational> values)
    {
        for (var i = 1; i < values.Count; i++)
        {
            if (values[i] <= values[i - 1])
            {
                throw new TrainingException($"{name}: {values[i]} is not above the {values[i - 1]} before it");
            }
        }
    }

    /// <summary>Multiples of lr must reach 1, because lr is the largest rate of a schedule.</summary>
    public static void ThrowIfLargestIsNotOne(string name, IReadOnlyList<double> values)
    {
        var largest = values.Max();
        if (largest != 1)
        {
            throw new TrainingException($"{name}: the largest is {largest}; these are multiples of lr, the largest rate reached, so the largest must be 1");
        }
    }
}
