using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Ranking;

/// <summary>
/// The order of a ranking, best first: the state's group, the highest rank resource, the first objective (no value last), the lower
/// number, the lower replicate. Values at different resources are never compared.
/// </summary>
public sealed class TrialRanking(ObjectiveGoal goal) : IComparer<TrialRecord>
{
    public int Compare(TrialRecord? x, TrialRecord? y)
    {
        if (ReferenceEquals(x, y))
        {
            return 0;
        }

        if (x is null || y is null)
        {
            return x is null ? 1 : -1;
        }

        var order = x.State.RankGroup().CompareTo(y.State.RankGroup());
        order = order != 0 ? order : y.RankResource.CompareTo(x.RankResource);
        order = order != 0 ? order : ObjectiveValues.Compare(ValueOf(x), ValueOf(y), goal);
        order = order != 0 ? order : x.Number.CompareTo(y.Number);
        return order != 0 ? order : x.Replicate.CompareTo(y.Replicate);
    }

    private static double? ValueOf(TrialRecord trial) => trial.Values.Count > 0 ? trial.Values[0] : null;
}
