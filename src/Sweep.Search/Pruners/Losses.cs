using Sweep.Search.Spec;

namespace Sweep.Search.Pruners;

/// <summary>Values turned so that less is better.</summary>
internal static class Losses
{
    /// <summary>Null when there is no value.</summary>
    internal static double? Of(double? value, ObjectiveGoal goal) =>
        value is not { } v || double.IsNaN(v) ? null : goal == ObjectiveGoal.Maximize ? -v : v;
}
