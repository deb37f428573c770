using System.Globalization;
using Sweep.Search.Settings;

namespace Sweep.Search.Pruners.Rules;

/// <summary>Pruners that look at their own trial only; those left out are null.</summary>
public sealed record OwnRulesSpec(TargetSpec? Target, PatienceSpec? Patience, ThresholdSpec? Threshold)
{
    /// <summary>No rule.</summary>
    public static OwnRulesSpec None { get; } = new(null, null, null);

    /// <summary>What a sweep file can name, beside a pruner that compares trials; the product adds itself to the rules.</summary>
    public static IReadOnlyList<Component<Func<OwnRulesSpec, OwnRulesSpec>>> Components { get; } = [TargetSpec.Component, PatienceSpec.Component, ThresholdSpec.Component];
}

/// <summary><c>type: target</c>: a trial whose first objective is at least as good as <paramref name="Value"/> is Completed at once, and counts as trained to the full.</summary>
public sealed record TargetSpec(double Value)
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<Func<OwnRulesSpec, OwnRulesSpec>> Component { get; } = new(
        "target",
        "ends a trial that is good enough",
        [new Setting("value", SettingKind.Number, "a trial that reaches the value is Completed") { Required = true, WhyRequired = "a trial that is as good ends there" }],
        values => rules => rules with { Target = new TargetSpec(values.Number("value")) });
}

/// <summary><c>type: patience</c>: a trial whose first objective has not become better for <paramref name="Epochs"/> epochs is Completed, and counts as trained to the full.</summary>
/// <param name="Epochs">At least 1.</param>
/// <param name="MinDelta">What is better by no more than this does not count; from 0 on.</param>
public sealed record PatienceSpec(int Epochs, double MinDelta)
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<Func<OwnRulesSpec, OwnRulesSpec>> Component { get; } = new(
        "patience",
        "ends a trial that does not become better",
        [
            Setting.Whole("epochs", null, 1, "a trial without improvement for this many epochs is Completed") with { Required = true, WhyRequired = "so many without becoming better are the end" },
            Setting.Range("min_delta", 0, 0, double.PositiveInfinity, "minimum improvement"),
        ],
        values => rules => rules with { Patience = new PatienceSpec((int)values.Integer("epochs"), values.Number("min_delta")) });
}

/// <summary><c>type: threshold</c>: a trial whose first objective is below <paramref name="Lower"/>, above <paramref name="Upper"/> or no number after an epoch is Pruned.</summary>
/// <param name="Lower">Null for no bound.</param>
/// <param name="Upper">Null for no bound.</param>
/// <param name="WarmupSteps">It is left alone up to this step.</param>
public sealed record ThresholdSpec(double? Lower, double? Upper, int WarmupSteps)
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<Func<OwnRulesSpec, OwnRulesSpec>> Component { get; } = new(
        "threshold",
        "stops a trial outside of bounds",
        [
            new Setting("lower", SettingKind.Number, "a trial below it is Pruned") { Unset = "none" },
            new Setting("upper", SettingKind.Number, "a trial above it is Pruned") { Unset = "none" },
            Setting.Whole("warmup_steps", 0, 0, "no trial is pruned before"),
        ],
        values => rules => rules with { Threshold = Of(values) })
    {
        FindError = values => FindErrorIn(Of(values), values.IsGiven("lower") || values.IsGiven("upper")),
    };

    private static ThresholdSpec Of(SettingValues values) => new(values.NumberOrNull("lower"), values.NumberOrNull("upper"), (int)values.Integer("warmup_steps"));

    private static SettingError? FindErrorIn(ThresholdSpec threshold, bool isGiven) =>
        !isGiven ? new SettingError("", "threshold needs lower, upper or both")
        : threshold.Lower >= threshold.Upper ? new SettingError("lower", string.Create(CultureInfo.InvariantCulture, $"{threshold.Lower} is not below upper {threshold.Upper}"))
        : null;
}
