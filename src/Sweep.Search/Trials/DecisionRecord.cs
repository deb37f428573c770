namespace Sweep.Search.Trials;

/// <summary>A coordinator's word on a trial that existed, as it was written.</summary>
/// <param name="Id">Later decisions on a sweep have greater ones.</param>
/// <param name="Granted">Epochs it may train from then on.</param>
/// <param name="VirtualTime">When it fell in the virtual run (epochs).</param>
/// <param name="LastSeen">The number of results it saw.</param>
/// <param name="DonorTrialId">Of an exploit: the trial whose checkpoint it went on from.</param>
/// <param name="Parameters">Of an exploit: its configuration from then on.</param>
public sealed record DecisionRecord(
    long Id, long TrialId, TrialState From, TrialState To, int Granted, double VirtualTime, long LastSeen, long? DonorTrialId, string? Parameters);
