using Sweep.Search.Runs;
using Sweep.Search.Trials;

namespace Sweep.Search.Pruners;

/// <summary>Every trial is trained to the full.</summary>
public sealed class NoPruner : IPruner
{
    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps => [];

    /// <inheritdoc/>
    public int Enter(int number, int maxResource) => maxResource;

    /// <inheritdoc/>
    public void Observe(TrialResult result, ICollection<SearchDecision> decisions)
    {
        if (result.State == TrialState.Paused)
        {
            decisions.Add(new SearchDecision(result.Number, SearchDecisionKind.Complete, result.Step, ""));
        }
    }
}
