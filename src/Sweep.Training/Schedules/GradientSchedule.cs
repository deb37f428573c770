using Sweep.Search.Settings;

namespace Sweep.Training.Schedules;

/// <summary>What the schedules that watch gradients share: a current rate, and a warm-up before they begin to move it.</summary>
internal abstract class GradientSchedule : IGradientWatchingSchedule
{
    private readonly string _name;
    private readonly Warmup _warmup;

    /// <summary>Starts at the context's learning rate.</summary>
    /// <param name="name">The schedule's, for messages.</param>
    protected GradientSchedule(string name, SettingValues values, ScheduleContext context)
    {
        _name = name;
        _warmup = Warmup.Create(values, context);
        Rate = Start = context.LearningRate;
    }

    /// <inheritdoc/>
    public virtual GradientDetail Detail => GradientDetail.Comparison;

    /// <summary>η0.</summary>
    protected double Start { get; }

    /// <summary>η after any warm-up.</summary>
    protected double Rate { get; set; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step < _warmup.EndStep ? _warmup.RateAt(Rate, step) : Rate;
    }

    /// <inheritdoc/>
    public GradientDetail DetailAt(long step) => IsWarm(step) && Samples(step) ? Detail : GradientDetail.None;

    /// <inheritdoc/>
    public void ObserveGradient(GradientObservation observation)
    {
        if (IsWarm(observation.Step))
        {
            Observe(observation);
        }
    }

    /// <inheritdoc/>
    public byte[] SaveState() => [.. StateBytes.Of([Rate]), .. SaveMemory()];

    /// <inheritdoc/>
    public void RestoreState(ReadOnlySpan<byte> state)
    {
        const int head = 1 + sizeof(double);
        Rate = StateBytes.Read(_name, state[..Math.Min(head, state.Length)], 1)[0];
        RestoreMemory(state[head..]);
    }

    /// <summary>Everything that later rates depend on beside the rate.</summary>
    protected virtual byte[] SaveMemory() => [];

    /// <summary>Goes on from what <see cref="SaveMemory"/> gave.</summary>
    protected virtual void RestoreMemory(ReadOnlySpan<byte> memory)
    {
    }

    /// <summary>Whether it looks at the gradient of a step after the warm-up; at others it is told the loss alone.</summary>
    protected virtual bool Samples(long step) => true;

    /// <summary>Takes in a gradient after the warm-up; may set <see cref="Rate"/>.</summary>
    protected abstract void Observe(GradientObservation observation);

    private bool IsWarm(long step) => step >= _warmup.EndStep;
}
