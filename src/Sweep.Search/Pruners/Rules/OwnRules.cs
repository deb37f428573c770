using System.Globalization;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Pruners.Rules;

/// <summary>The pruners that look at their own trial only: <c>target</c>, <c>threshold</c> and <c>patience</c>, asked in this order after each epoch.</summary>
/// <remarks>They look at the first objective's metric of each epoch, whatever <c>over</c> says. Patience counts as Keras' EarlyStopping does.</remarks>
public sealed class OwnRules(OwnRulesSpec spec, ObjectiveGoal goal)
{
    private double? _best;
    private int _bestStep;

    /// <summary>Whether <see cref="After"/> has to see every epoch, those of earlier attempts too.</summary>
    public bool NeedsHistory => spec.Patience is not null;

    /// <summary>Takes the value of an epoch, and says how the trial ends there; null when it goes on.</summary>
    /// <param name="step">The epoch, from 1; rising.</param>
    /// <param name="value">Null (or NaN) for no value.</param>
    public OwnVerdict? After(int step, double? value)
    {
        var loss = Losses.Of(value, goal);
        if (spec.Target is { } target && loss <= Losses.Of(target.Value, goal))
        {
            return Verdict(TrialState.Completed, $"reached the target {target.Value} in epoch {step}");
        }

        if (spec.Threshold is { } threshold && step > threshold.WarmupSteps && Outside(value, threshold) is { } why)
        {
            return Verdict(TrialState.Pruned, $"{why} in epoch {step}");
        }

        if (spec.Patience is not { } patience)
        {
            return null;
        }

        if (loss is { } now && !(now >= _best - patience.MinDelta))
        {
            (_best, _bestStep) = (now, step);
        }

        return step - _bestStep >= patience.Epochs
            ? Verdict(TrialState.Completed, $"no better for {patience.Epochs} epochs")
            : null;
    }

    private static FormattableString? Outside(double? value, ThresholdSpec threshold)
    {
        if (value is not { } v || double.IsNaN(v))
        {
            return $"no value";
        }

        return v < threshold.Lower ? $"{v} is below the threshold {threshold.Lower}"
            : v > threshold.Upper ? (FormattableString)$"{v} is above the threshold {threshold.Upper}"
            : null;
    }

    private static OwnVerdict Verdict(TrialState state, FormattableString reason) => new(state, reason.ToString(CultureInfo.InvariantCulture));
}
