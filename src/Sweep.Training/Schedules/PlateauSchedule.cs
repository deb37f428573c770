using Sweep.Search.Settings;

namespace Sweep.Training.Schedules;

/// <summary>Cuts the rate when a metric stops improving (PyTorch 1.13 ReduceLROnPlateau, its rule and defaults).</summary>
/// <remarks>
/// Epochs that end within the warm-up are not observed. As in PyTorch a cut of 1e-8 or less is not made, a floor above the
/// current rate changes nothing, and NaN counts as no improvement.
/// </remarks>
internal sealed class PlateauSchedule : IEpochWatchingSchedule
{
    private readonly PlateauRule _rule;
    private readonly Warmup _warmup;
    private readonly long _stepsPerEpoch;
    private PlateauState _state;

    private PlateauSchedule(SettingValues values, ScheduleContext context)
    {
        Metric = values.Text("metric");
        _rule = new PlateauRule(
            Maximize: Metric.EndsWith("accuracy", StringComparison.Ordinal),
            values.Number("factor"),
            values.Integer("patience"),
            values.Number("threshold"),
            Relative: values.Text("threshold_mode") == "rel",
            values.Integer("cooldown"),
            values.Number("min_lr"));
        _warmup = Warmup.Create(values, context);
        _stepsPerEpoch = context.StepsPerEpoch;
        _state = _rule.Start(context.LearningRate);
    }

    public static ScheduleDefinition Definition { get; } = new(
        "plateau",
        "Cuts the rate when a metric stops improving.",
        [
            Setting.Choice("metric", ["val_loss", "val_accuracy", "train_loss"], "What is watched; accuracies should rise, losses fall"),
            Setting.Gamma("factor", 0.1, "What the rate is multiplied by at a cut") with { MaximumExclusive = true },
            new Setting("patience", SettingKind.Integer, "Epochs without improvement that are borne: the next one cuts") { Default = 10L, Minimum = 0 },
            Setting.Range("threshold", 1e-4, 0, double.PositiveInfinity, "The least change that counts as an improvement"),
            Setting.Choice("threshold_mode", ["rel", "abs"], "Whether the threshold is a share of the best value or a difference"),
            new Setting("cooldown", SettingKind.Integer, "Epochs after a cut in which bad ones are not counted") { Default = 0L, Minimum = 0 },
            Setting.Range("min_lr", 0, 0, double.PositiveInfinity, "The floor, a learning rate") with { IsRate = true },
            .. CommonSettings.Warmup,
        ],
        (values, context) => new PlateauSchedule(values, context));

    /// <inheritdoc/>
    public string Metric { get; }

    /// <inheritdoc/>
    public double RateAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step < _warmup.EndStep ? _warmup.RateAt(_state.Rate, step) : _state.Rate;
    }

    /// <inheritdoc/>
    public void ObserveEpoch(EpochObservation observation)
    {
        if (!observation.Metrics.TryGetValue(Metric, out var value))
        {
            throw new TrainingException($"schedule plateau: epoch {observation.Epoch} has no {Metric}, only {string.Join(", ", observation.Metrics.Keys)}");
        }

        if (observation.Epoch * _stepsPerEpoch > _warmup.EndStep)
        {
            _state = _rule.Next(_state, value);
        }
    }

    /// <inheritdoc/>
    public byte[] SaveState() => _state.ToBytes();

    /// <inheritdoc/>
    public void RestoreState(ReadOnlySpan<byte> state) => _state = PlateauState.FromBytes(state);
}
