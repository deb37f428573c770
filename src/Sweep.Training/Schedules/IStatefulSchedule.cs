namespace Sweep.Training.Schedules;

/// <summary>A schedule whose rate depends on what it has seen, so that a checkpoint must hold it.</summary>
public interface IStatefulSchedule : ISchedule
{
    /// <summary>Everything that later rates depend on, self-contained and versioned; the same state gives the same bytes.</summary>
    byte[] SaveState();

    /// <summary>Goes on from a saved state: from here on the rates are, bit for bit, those of the schedule that saved it.</summary>
    /// <exception cref="TrainingException">The bytes are not a state of this schedule, or of a newer version.</exception>
    void RestoreState(ReadOnlySpan<byte> state);
}
