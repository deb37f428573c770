using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>What a trial is called: by its number, where there are replicates as <c>7.2</c>.</summary>
internal static class TrialName
{
    public static string Of(SweepSpec spec, TrialRecord trial) => spec.Replicates.Count > 1 ? $"{trial.Number}.{trial.Replicate}" : $"{trial.Number}";
}
