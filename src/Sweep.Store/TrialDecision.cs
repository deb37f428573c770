using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>A coordinator's word on a paused or waiting trial.</summary>
/// <param name="From">The state it must be in: the decision has no effect otherwise.</param>
/// <param name="To">Waiting (promoted, with more resource), Pruned, Completed or Canceled.</param>
/// <param name="Granted">Epochs it may train from now on (unchanged when it ends).</param>
public sealed record TrialDecision(
    long TrialId, TrialState From, TrialState To, int Granted, string Reason, double VirtualTime, long LastSeen)
{
    /// <summary>An exploit: the trial whose newest checkpoint takes the place of its own. It has to be durable, at a rest.</summary>
    public long? DonorTrialId { get; init; }

    /// <summary>An exploit: its configuration from now on, as canonical JSON.</summary>
    public string? Parameters { get; init; }
}
