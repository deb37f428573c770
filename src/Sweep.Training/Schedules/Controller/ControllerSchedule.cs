using Sweep.Search.Settings;

namespace Sweep.Training.Schedules.Controller;

/// <summary>Lets a small learned policy halve, keep or raise the rate, several times an epoch (after Daniel et al. 2016, Xu et al. 2019).</summary>
/// <remarks>It starts from the policy of its context and learns on while it trains. Everything is in its state; nothing is random.</remarks>
internal sealed class ControllerSchedule : GradientSchedule, ILearningSchedule
{
    private const int Numbers = 9;

    // Looking at one gradient in four tells as much of a stretch of hundreds, at a quarter of the cost; a short stretch needs them all.
    private const int SampledEvery = 4;
    private const int SamplesWanted = 8;

    private readonly long _every;
    private readonly long _sampled;
    private readonly double _low;
    private readonly double _high;
    private readonly List<ControllerExperience> _experiences = [];
    private ControllerPolicy _policy;
    private double _steps;
    private double _samples;
    private double _loss;
    private double _alignment;
    private double _norm;
    private double _lastLoss = double.NaN;
    private double _lastNorm = double.NaN;
    private int _situation = ControllerSituation.Unknown;
    private int _action = -1;

    private ControllerSchedule(SettingValues values, ScheduleContext context)
        : base("learned_controller", values, context)
    {
        _every = Math.Max(2, (long)Math.Round((double)context.StepsPerEpoch / values.Integer("decisions")));
        _sampled = Math.Clamp(_every / SamplesWanted, 1, SampledEvery);
        (_low, _high) = (Start * values.Number("min_factor"), Start * values.Number("max_factor"));
        _policy = ControllerPolicy.Of(context.Policy.Span);
    }

    public static ScheduleDefinition Definition { get; } = new(
        "learned_controller",
        "Halves, keeps or raises the rate as a learned policy says.",
        [
            new Setting("decisions", SettingKind.Integer, "Decisions in an epoch, two steps apart at least") { Default = 4L, Minimum = 1 },
            Setting.Range("min_factor", 1e-3, 0, 1, "The lowest rate as a multiple of lr"),
            Setting.Range("max_factor", 100, 1, double.PositiveInfinity, "The highest rate as a multiple of lr"),
            .. CommonSettings.Warmup,
        ],
        (values, context) => new ControllerSchedule(values, context)) { LearnsAcrossTrials = true };

    /// <inheritdoc/>
    public byte[] TakeExperiences()
    {
        var taken = ControllerExperience.ToBytes(_experiences);
        _experiences.Clear();
        return taken;
    }

    /// <inheritdoc/>
    protected override byte[] SaveMemory()
    {
        var experiences = ControllerExperience.ToBytes(_experiences);
        return [.. StateBytes.Of([_steps, _samples, _loss, _alignment, _norm, _lastLoss, _lastNorm, _situation, _action]), .. _policy.ToBytes(), .. experiences];
    }

    /// <inheritdoc/>
    protected override void RestoreMemory(ReadOnlySpan<byte> memory)
    {
        var (head, policy) = (1 + (Numbers * sizeof(double)), ControllerPolicy.Initial.ToBytes().Length);
        if (memory.Length < head + policy)
        {
            throw new TrainingException($"schedule learned_controller: a saved state of {memory.Length} bytes is cut off");
        }

        var numbers = StateBytes.Read("learned_controller", memory[..head], Numbers);
        (_steps, _samples, _loss, _alignment, _norm) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
        (_lastLoss, _lastNorm, _situation, _action) = (numbers[5], numbers[6], (int)numbers[7], (int)numbers[8]);
        _policy = ControllerPolicy.Of(memory.Slice(head, policy));
        _experiences.Clear();
        _experiences.AddRange(ControllerExperience.Read(memory[(head + policy)..]));
    }

    /// <inheritdoc/>
    protected override bool Samples(long step) => step % _sampled == 0;

    /// <inheritdoc/>
    protected override void Observe(GradientObservation observation)
    {
        _steps++;
        _loss += observation.Loss;
        if (Samples(observation.Step))
        {
            var (norm, alignment, step) = observation.Gradient;
            _samples++;
            _alignment += norm * step > 0 ? alignment / (norm * step) : 0;
            _norm += norm;
        }

        if (_steps >= _every)
        {
            Decide(_loss / _steps, _alignment / _samples, _norm / _samples);
            (_steps, _samples, _loss, _alignment, _norm) = (0, 0, 0, 0, 0);
        }
    }

    private void Decide(double loss, double alignment, double norm)
    {
        var fall = _lastLoss > 0 && loss > 0 ? Math.Log(_lastLoss / loss) : 0;
        var next = ControllerSituation.Of(alignment, fall, norm > _lastNorm);
        if (_action >= 0 && double.IsFinite(fall))
        {
            var experience = new ControllerExperience(_situation, _action, Math.Clamp(fall, -1, 1), next);
            _experiences.Add(experience);
            _policy = _policy.Learn(experience);
        }

        (_situation, _lastLoss, _lastNorm, _action) = (next, loss, norm, _policy.Best(next));
        Rate = Math.Clamp(Rate * ControllerPolicy.Factors[_action], _low, _high);
    }
}
