using Sweep.Training.Settings;

namespace Sweep.Training.Schedules;

/// <summary>What the schedules that watch gradients share: a current rate, and a warm-up before they begin to move it.</summary>
internal abstract class GradientSchedule : IGradientWatchingSchedule
{
    private readonly string _name;
    private readonly Warmup _warmup;
    private readonly long _stepsPerEpoch;
    private readonly int _memory;

    /// <summary>Starts at the context's learning rate.</summary>
    /// <param name="name">The schedule's, for messages.</param>
    /// <param name="memory">How many numbers its state has beside the rate.</param>
    protected GradientSchedule(string name, int memory, SettingValues values, ScheduleContext context)
    {
        (_name, _memory, _stepsPerEpoch) = (name, memory, context.StepsPerEpoch);
        _warmup = Warmup.Create(values, context, perEpoch: 1);
        Rate = Start = context.LearningRate;
    }

    /// <inheritdoc/>
    public virtual bool ComparesSteps => false;

    /// <summary>η0.</summary>
    protected double Start { get; }

    /// <summary>η after any warm-up.</summary>
    protected double Rate { get; set; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var epoch = step / (double)_stepsPerEpoch;
        return epoch < _warmup.Length ? _warmup.RateAt(Rate, epoch) : Rate;
    }

    /// <inheritdoc/>
    public void ObserveGradient(GradientObservation observation)
    {
        if (observation.Step >= _warmup.Length * _stepsPerEpoch)
        {
            Observe(observation);
        }
    }

    /// <inheritdoc/>
    public byte[] SaveState() => StateBytes.Of([Rate, .. Memory]);

    /// <inheritdoc/>
    public void RestoreState(ReadOnlySpan<byte> state)
    {
        var numbers = StateBytes.Read(_name, state, _memory + 1);
        Rate = numbers[0];
        Memory = numbers[1..];
    }

    /// <summary>Everything that later rates depend on beside the rate.</summary>
    protected virtual double[] Memory
    {
        get => [];
        set { }
    }

    /// <summary>Takes in a gradient after the warm-up; may set <see cref="Rate"/>.</summary>
    protected abstract void Observe(GradientObservation observation);
}
