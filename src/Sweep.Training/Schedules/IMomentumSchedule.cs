namespace Sweep.Training.Schedules;

/// <summary>A schedule that moves the momentum against the rate (<c>cyclical</c> and <c>one_cycle</c> with <c>cycle_momentum</c>).</summary>
/// <remarks>
/// The shape only: the trainer sets it as momentum where the optimizer has one, as β1 where it has that, and nowhere else.
/// </remarks>
public interface IMomentumSchedule : ISchedule
{
    /// <summary>The momentum of an optimizer update, in [0, 1); null where the optimizer's own holds (a member of a sequence without one).</summary>
    /// <param name="step">The update's number over the whole training, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    double? MomentumAt(long step);
}
