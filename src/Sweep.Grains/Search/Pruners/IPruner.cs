namespace Sweep.Grains.Search.Pruners;

/// <summary>Decides which trials go on, from the results of others.</summary>
public interface IPruner
{
    /// <summary>The resources at which it looks at trials, rising.</summary>
    IReadOnlyList<int> CheckSteps { get; }

    /// <summary>Takes note of a new trial and says how much resource it gets first.</summary>
    /// <param name="maxResource">The most it may ever get.</param>
    int Enter(int number, int maxResource);

    /// <summary>Takes a result, and adds the decisions that it made possible. A result seen before changes nothing.</summary>
    void Observe(TrialResult result, ICollection<SearchDecision> decisions);
}
