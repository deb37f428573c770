using System.Numerics;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules;

/// <summary>What a curve is laid over: a stretch of the training, given exactly. Times are in the schedule's unit.</summary>
/// <remarks>
/// A boundary is an update's number: the exact sum of all lengths before it times the updates in a unit, rounded half up. Only positions
/// between boundaries are doubles.
/// </remarks>
/// <param name="LearningRate">The curve's largest rate.</param>
/// <param name="Begin">From the training's begin to the curve's.</param>
/// <param name="Length">T; positive.</param>
/// <param name="StepsPerUnit">Updates in a unit.</param>
/// <param name="Interval">Updates between two changes of the rate.</param>
internal sealed record CurveSpan(double LearningRate, Rational Begin, Rational Length, long StepsPerUnit, long Interval)
{
    /// <summary>T as a double.</summary>
    public double Duration { get; } = Length.ToDouble();

    /// <summary>The first update after the stretch.</summary>
    public long EndStep => StepAt(Length);

    /// <summary>A whole training.</summary>
    public static CurveSpan Of(ScheduleContext context, long stepsPerUnit, long interval) =>
        new(context.LearningRate, 0, new Rational((BigInteger)context.Epochs * context.StepsPerEpoch, stepsPerUnit), stepsPerUnit, interval);

    /// <summary>A part of the stretch.</summary>
    /// <param name="from">From this stretch's begin, as <paramref name="to"/>.</param>
    /// <param name="factor">The part's largest rate as a multiple of this one's.</param>
    public CurveSpan Part(Rational from, Rational to, double factor = 1) =>
        new(LearningRate * factor, Begin + from, to - from, StepsPerUnit, Interval);

    /// <summary>The update at which a boundary lies.</summary>
    /// <param name="time">From the stretch's begin.</param>
    public long StepAt(Rational time) => Whole(((Begin + time) * StepsPerUnit).RoundHalfUp());

    /// <summary>The last update that is not after a time; negative when there is none.</summary>
    /// <param name="time">From the stretch's begin.</param>
    public long LastStepUpTo(Rational time) => Whole(((Begin + time) * StepsPerUnit).Floor());

    /// <summary>From a time within the stretch to an update; 0 when the update lies before it by rounding.</summary>
    public double Since(Rational time, long step) => Math.Max(0, (TimeTo(step) - time).ToDouble());

    /// <summary>t: from the stretch's begin to an update, at most T.</summary>
    public double TimeAt(long step) => Math.Min(Begin.Sign == 0 ? step / (double)StepsPerUnit : Since(0, step), Duration);

    /// <summary>How many of the boundaries <c>every − offset</c>, <c>2 every − offset</c>, … an update has reached.</summary>
    public long Periods(long step, Rational every, Rational offset = default) =>
        Math.Max(0, Whole(((Reach(step) + offset) / every).Ceiling() - 1));

    /// <summary>A boundary is reached by an update when it lies before this time, half an update after it: that is what rounding half up means.</summary>
    public Rational Reach(long step) => new Rational((2 * (BigInteger)step) + 1, 2 * (BigInteger)StepsPerUnit) - Begin;

    private Rational TimeTo(long step) => new Rational(step, StepsPerUnit) - Begin;

    private static long Whole(BigInteger value) => (long)BigInteger.Max(long.MinValue, BigInteger.Min(value, long.MaxValue));
}
