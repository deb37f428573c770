namespace Sweep.Store;

/// <summary>A suggestion to be written as a waiting trial.</summary>
/// <param name="Granted">Epochs it may train at first.</param>
/// <param name="VirtualTime">When the decision fell, in the virtual run (epochs); 0 for samplers that do not look at results.</param>
/// <param name="LastSeen">The number of results the decision saw.</param>
public sealed record NewTrial(int Number, int Replicate, string Parameters, int Granted, double VirtualTime, long LastSeen)
{
    /// <summary>Whether nobody may claim it before a <see cref="TrialRelease"/>.</summary>
    public bool IsHeld { get; init; }
}
