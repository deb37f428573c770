using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>The task section: what each trial trains.</summary>
/// <param name="Settings">
/// What the file gives, by name without <c>task.</c>; what is left out has its default. A parameter <c>task.x</c> that is
/// active in a trial takes the place of the setting.
/// </param>
/// <param name="Epochs"><c>task.epochs</c>, given or default.</param>
public sealed record TaskSpec(IReadOnlyDictionary<string, ParameterValue> Settings, int Epochs)
{
    /// <summary>The name by which a sweep may vary the epochs.</summary>
    public const string EpochsParameter = "task.epochs";
}
