namespace Sweep.Training.Schedules;

/// <summary>A learning-rate schedule: the rate of each optimizer update.</summary>
/// <remarks>
/// The rate is finite and never negative. It is never above the context's learning rate, but for a schedule that watches
/// gradients (<see cref="IGradientWatchingSchedule"/>): that rate is where it starts, and a setting of its own is the bound. A schedule set in advance is a pure
/// function of the step in closed form, so a resumed training sees the same bits as an uninterrupted one; one that watches
/// the training (<see cref="IEpochWatchingSchedule"/>, <see cref="IGradientWatchingSchedule"/>) is a pure function of the step and of what it observed.
/// Past the end of training the rate stays what it was there.
/// </remarks>
public interface ISchedule
{
    /// <summary>The learning rate of an optimizer update.</summary>
    /// <param name="step">The update's number over the whole training, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    double RateAt(long step);
}
