using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>
/// What a trial's owner writes in one transaction, fenced by (trial, attempt, Running):
/// an epoch's report, the checkpoint after it when one is due, and at a rung or the end the new state.
/// </summary>
public sealed record OwnerUnit(long TrialId, int Attempt)
{
    public ReportRecord? Report { get; init; }

    public Checkpoint? Checkpoint { get; init; }

    public TrialOutcome? Outcome { get; init; }
}
