using Sweep.Grains.Grains;
using Sweep.Grains.Spec;
using Sweep.Grains.Trials;

namespace Sweep.Client.Rendering;

/// <summary>A line for a trial that ended, where no live picture can be shown.</summary>
internal static class TrialLine
{
    /// <summary><c>trial 3 completed  val_accuracy 0.8712  epoch 5  optimizer=adam lr=0.0021</c></summary>
    public static string Of(SweepSpec spec, TrialEnd end)
    {
        var values = string.Join("  ", spec.Objectives.Select((o, i) => $"{o.Metric} {Numbers.Metric(end.LastReport?.Values[i])}"));
        var state = end.Outcome.State == TrialState.Waiting ? "saved" : States.Name(end.Outcome.State);
        var reason = end.Outcome.Reason.Length > 0 ? $"  ({end.Outcome.Reason})" : "";
        return $"trial {TrialName.Of(spec, end.Trial)} {state}  {values}  epoch {end.LastReport?.Step ?? 0}  {ParameterText.OneLine(end.Trial.Parameters)}{reason}";
    }
}
