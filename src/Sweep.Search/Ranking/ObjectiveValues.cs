using Sweep.Search.Spec;

namespace Sweep.Search.Ranking;

/// <summary>Comparison of objective values. NaN is no value, and no value is last whatever the goal.</summary>
public static class ObjectiveValues
{
    /// <summary>Negative when <paramref name="x"/> is better. Both zeros are equal.</summary>
    public static int Compare(double? x, double? y, ObjectiveGoal goal)
    {
        if (!HasValue(x) || !HasValue(y))
        {
            return HasValue(y).CompareTo(HasValue(x));
        }

        return goal == ObjectiveGoal.Maximize ? y!.Value.CompareTo(x!.Value) : x!.Value.CompareTo(y!.Value);
    }

    /// <summary>Whether there is a number to compare; infinities are numbers.</summary>
    public static bool HasValue(double? value) => value is { } v && !double.IsNaN(v);
}
