using Sweep.Search.Spaces;

namespace Sweep.Grains;

/// <summary>A factory some of whose trainings learn from those of earlier trials. To a grain it is an opaque fold: (state, reports) to state.</summary>
public interface ILearnsAcrossTrials
{
    /// <summary>G: trial n starts from what the trials below ⌊n/G⌋·G reported in their first rung; at least 1.</summary>
    int Generation { get; }

    /// <summary>Whether a trial of this configuration reports experiences, and starts from those of the generations before its own.</summary>
    bool Learns(Configuration configuration);

    /// <summary>The state after more reports. Pure; folding in parts gives what folding the whole does.</summary>
    /// <param name="state">What this returned, or nothing for the start.</param>
    /// <param name="reports">What epochs reported (<see cref="EpochOutcome.Finished.Experiences"/>), by trial and epoch.</param>
    byte[] Fold(ReadOnlyMemory<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> reports);
}
