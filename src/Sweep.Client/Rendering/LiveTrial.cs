using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>A trial that runs, for the live picture: in this process, or as the store tells.</summary>
/// <param name="Trial">Its row; of this process as it was claimed.</param>
/// <param name="Reached">Epochs reported.</param>
/// <param name="Value">Its first objective as of those; null when there is none yet.</param>
/// <param name="Progress">Where in its epoch it is; null when that is not known here.</param>
/// <param name="Place">The silo that runs it, and since when; null in this process.</param>
internal sealed record LiveTrial(TrialRecord Trial, int Reached, double? Value, TrainingProgress? Progress, (string Silo, DateTimeOffset Since)? Place)
{
    public static LiveTrial Of(RunningTrial trial) =>
        new(trial.Trial, trial.LastReport?.Step ?? trial.Trial.Resource, trial.LastReport?.Values[0], trial.Progress, null);

    /// <summary>As the store tells.</summary>
    /// <param name="silos">The names of the silos, by incarnation.</param>
    public static LiveTrial Of(RunningTrialRecord trial, IReadOnlyDictionary<Guid, string> silos) => new(
        trial.Trial,
        trial.Trial.Resource,
        trial.Trial.Values.Count > 0 ? trial.Trial.Values[0] : null,
        null,
        (silos.GetValueOrDefault(trial.Silo, "?"), trial.ClaimedAt));

    /// <summary>Epochs trained beyond those that its row had when it was claimed, parts of one too; 0 when that is not known here.</summary>
    public double Ahead => Progress is { StepsPerEpoch: > 0 } p ? Math.Max(0, p.Epoch - Trial.Resource) + ((double)p.Step / p.StepsPerEpoch) : 0;

    /// <summary>Epochs trained, parts of one too.</summary>
    public double Epochs => Progress is { StepsPerEpoch: > 0 } p ? p.Epoch + ((double)p.Step / p.StepsPerEpoch) : Reached;
}
