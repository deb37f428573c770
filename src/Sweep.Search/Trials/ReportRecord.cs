
namespace Sweep.Search.Trials;

/// <summary>What a trial reported after one epoch.</summary>
/// <param name="Step">Epochs finished, from 1.</param>
/// <param name="Values">The trial's objectives as of this step (with <c>over: best</c> the best so far); null where there is no value.</param>
/// <param name="Metrics">Every metric of this epoch, by name, in the trainer's order; NaN is stored as no value (null).</param>
/// <param name="LearningRate">The rate of the epoch's last optimizer step; stored without the sign of a zero, and NaN when it is not finite.</param>
/// <param name="Seconds">Time the epoch took.</param>
public sealed record ReportRecord(
    int Step,
    IReadOnlyList<double?> Values,
    IReadOnlyDictionary<string, double?> Metrics,
    double LearningRate,
    double Seconds)
{
    /// <summary>What later trials may learn from this epoch (<c>ILearnsAcrossTrials</c>); empty for nothing. Written, and read by <c>ISweepStore.ListExperiencesAsync</c> alone.</summary>
    public ReadOnlyMemory<byte> Experiences { get; init; }
}
