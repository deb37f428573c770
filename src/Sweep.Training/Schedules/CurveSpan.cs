using System.Runtime.InteropServices;

namespace Sweep.Training.Schedules;

/// <summary>What a curve is laid over.</summary>
/// <param name="LearningRate">The curve's largest rate.</param>
/// <param name="Length">T, in the schedule's unit, after any warm-up; positive.</param>
/// <param name="Interval">The time between two updates of the rate, in the schedule's unit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CurveSpan(double LearningRate, double Length, double Interval);
