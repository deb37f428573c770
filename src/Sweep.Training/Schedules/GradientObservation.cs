using System.Runtime.InteropServices;
using Sweep.Torch;

namespace Sweep.Training.Schedules;

/// <summary>What a schedule may know of an optimizer update before it is made.</summary>
/// <param name="Step">The update's number over the whole training, from 0.</param>
/// <param name="Loss">The mean loss of its rows; finite.</param>
/// <param name="Gradient">The gradient, and how it lies to the update before: as far as <see cref="IGradientWatchingSchedule.DetailAt"/> says, the rest is 0.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GradientObservation(long Step, double Loss, GradientStatistics Gradient);
