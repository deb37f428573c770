using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>A running trial in the live view, from this process or from the store.</summary>
/// <param name="Trial">The trial's row; in this process as of its claim.</param>
/// <param name="Reached">Epochs reported.</param>
/// <param name="Value">The first objective of the last report; null before the first report.</param>
/// <param name="Progress">The position in the epoch; null if it runs in another process.</param>
/// <param name="Location">The silo that runs it and the time of its claim; null in this process.</param>
internal sealed record LiveTrial(TrialRecord Trial, int Reached, double? Value, TrainingProgress? Progress, (string Silo, DateTimeOffset Since)? Location)
{
    public static LiveTrial Of(RunningTrial trial) =>
        new(trial.Trial, trial.LastReport?.Step ?? trial.Trial.Resource, trial.LastReport?.Values[0], trial.Progress, null);

    /// <summary>From the store.</summary>
    /// <param name="silos">The names of the silos, by incarnation.</param>
    public static LiveTrial Of(RunningTrialRecord trial, IReadOnlyDictionary<Guid, string> silos) => new(
        trial.Trial,
        trial.Trial.Resource,
        trial.Trial.Values.Count > 0 ? trial.Trial.Values[0] : null,
        null,
        (silos.GetValueOrDefault(trial.Silo, "?"), trial.ClaimedAt));

    /// <summary>Epochs trained since its claim, including a fraction; 0 if it runs in another process.</summary>
    public double Ahead => Progress is { StepsPerEpoch: > 0 } p ? Math.Max(0, p.Epoch - Trial.Resource) + ((double)p.Step / p.StepsPerEpoch) : 0;

    /// <summary>Epochs trained, including a fraction.</summary>
    public double Epochs => Progress is { StepsPerEpoch: > 0 } p ? p.Epoch + ((double)p.Step / p.StepsPerEpoch) : Reached;
}
