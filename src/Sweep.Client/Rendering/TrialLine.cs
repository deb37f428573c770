using Sweep.Grains;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>A line for a trial that ended, used without a terminal.</summary>
internal static class TrialLine
{
    /// <summary><c>trial 3 completed  val_accuracy 0.8712  epoch 5  optimizer=adam lr=0.0021</c></summary>
    public static string Of(SweepSpec spec, TrialEnd end) => Of(
        spec, end.Trial, end.Outcome.State, end.Outcome.Reason, end.LastReport?.Values ?? [], end.LastReport?.Step ?? 0);

    /// <summary>The same for a trial from the store.</summary>
    public static string Of(SweepSpec spec, TrialRecord trial) => Of(spec, trial, trial.State, trial.Reason, trial.Values, trial.Resource);

    private static string Of(SweepSpec spec, TrialRecord trial, TrialState state, string reason, IReadOnlyList<double?> values, int epoch)
    {
        var objectives = string.Join("  ", spec.Objectives.Select((o, i) => $"{o.Metric} {Numbers.Metric(i < values.Count ? values[i] : null)}"));
        var became = state == TrialState.Waiting ? "saved" : States.Name(state);
        var why = reason.Length > 0 ? $"  ({reason})" : "";
        return $"trial {TrialName.Of(spec, trial)} {became}  {objectives}  epoch {epoch}  {ParameterText.OneLine(trial.Parameters)}{why}";
    }
}
