using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>The name of a trial: its number; with replicates, number and replicate: <c>7.2</c>.</summary>
internal static class TrialName
{
    public static string Of(SweepSpec spec, TrialRecord trial) => spec.Replicates.Count > 1 ? $"{trial.Number}.{trial.Replicate}" : $"{trial.Number}";
}
