namespace Sweep.Grains;

/// <summary>How an epoch ended.</summary>
public abstract record EpochOutcome
{
    private EpochOutcome()
    {
    }

    /// <summary>Trained and evaluated.</summary>
    /// <param name="Metrics">By name, in the trainer's order.</param>
    /// <param name="LearningRate">The rate of the epoch's last optimizer step.</param>
    /// <param name="Seconds">Time the epoch took, evaluation included.</param>
    public sealed record Finished(
        IReadOnlyDictionary<string, double> Metrics, double LearningRate, double Seconds) : EpochOutcome
    {
        /// <summary>What later trials may learn from the epoch; empty for nothing.</summary>
        public ReadOnlyMemory<byte> Experiences { get; init; }
    }

    /// <summary>Asked to stop; the epoch is not over.</summary>
    public sealed record Stopped : EpochOutcome;

    /// <summary>The loss left all bounds.</summary>
    /// <param name="Reason">Epoch, step, learning rate and loss, in words.</param>
    public sealed record Diverged(string Reason) : EpochOutcome;
}
