using Sweep.Training.Schedules;

namespace Sweep.Training.Tests.Support;

/// <summary>A schedule that asks for a stop when a step is reached; all else is the inner one's, whatever it watches.</summary>
internal static class StoppingSchedule
{
    public static ISchedule Around(ISchedule inner, long at, CancellationTokenSource stop) => inner switch
    {
        IGradientWatchingSchedule gradients => new Gradients(gradients, at, stop),
        IEpochWatchingSchedule epochs => new Epochs(epochs, at, stop),
        IMomentumSchedule momentum => new Momentum(momentum, at, stop),
        _ => new Plain(inner, at, stop),
    };

    private class Plain(ISchedule inner, long at, CancellationTokenSource stop) : ISchedule
    {
        public double RateAt(long step)
        {
            if (step == at)
            {
                stop.Cancel();
            }
            return inner.RateAt(step);
        }
    }

    private class Stateful(IStatefulSchedule inner, long at, CancellationTokenSource stop) : Plain(inner, at, stop), IStatefulSchedule
    {
        public byte[] SaveState() => inner.SaveState();

        public void RestoreState(ReadOnlySpan<byte> state) => inner.RestoreState(state);
    }

    private sealed class Gradients(IGradientWatchingSchedule inner, long at, CancellationTokenSource stop) : Stateful(inner, at, stop), IGradientWatchingSchedule, ILearningSchedule
    {
        public GradientDetail Detail => inner.Detail;

        public GradientDetail DetailAt(long step) => inner.DetailAt(step);

        public byte[] TakeExperiences() => (inner as ILearningSchedule)?.TakeExperiences() ?? [];

        public void ObserveGradient(GradientObservation observation) => inner.ObserveGradient(observation);
    }

    private sealed class Epochs(IEpochWatchingSchedule inner, long at, CancellationTokenSource stop) : Stateful(inner, at, stop), IEpochWatchingSchedule
    {
        public string Metric => inner.Metric;

        public void ObserveEpoch(EpochObservation observation) => inner.ObserveEpoch(observation);
    }

    private sealed class Momentum(IMomentumSchedule inner, long at, CancellationTokenSource stop) : Plain(inner, at, stop), IMomentumSchedule
    {
        public double? MomentumAt(long step) => inner.MomentumAt(step);
    }
}
