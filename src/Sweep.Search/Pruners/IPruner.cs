using Sweep.Search.Runs;
using Sweep.Search.Spaces;

namespace Sweep.Search.Pruners;

/// <summary>Decides which trials go on, from the results of others.</summary>
public interface IPruner
{
    /// <summary>The resources at which it looks at trials, rising.</summary>
    IReadOnlyList<int> CheckSteps { get; }

    /// <summary>Whether results have to come with <see cref="TrialResult.Curve"/>.</summary>
    bool NeedsCurves => false;

    /// <summary>Takes note of a new trial and says how much resource it gets first.</summary>
    /// <param name="maxResource">The most it may ever get.</param>
    int Enter(int number, int maxResource);

    /// <inheritdoc cref="Enter(int, int)"/>
    int Enter(int number, Configuration configuration, int maxResource) => Enter(number, maxResource);

    /// <summary>Takes a result, and adds the decisions that it made possible. A result seen before changes nothing.</summary>
    void Observe(TrialResult result, ICollection<SearchDecision> decisions);

    /// <summary>The promotion that a free worker should take up; null when there is none. Asked again, it gives the next.</summary>
    SearchDecision? Promote() => null;

    /// <summary>No more trials will enter: adds the decisions that waited for them.</summary>
    void Close(ICollection<SearchDecision> decisions)
    {
    }

    /// <summary>Takes note of a promotion that was decided before this pruner was made.</summary>
    void Adopt(int number, int granted)
    {
    }
}
