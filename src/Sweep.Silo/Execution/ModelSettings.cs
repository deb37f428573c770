using Sweep.Grains.Spec;
using Sweep.Training.Models;
using Sweep.Training.Settings;

namespace Sweep.Silo.Execution;

/// <summary>The settings of a sweep's models.</summary>
internal static class ModelSettings
{
    /// <summary>
    /// Settings that are right one by one but do not go together, and precisions that a model has not. A combination that only some
    /// trials draw ends those as Failed, with the same words.
    /// </summary>
    public static IEnumerable<(string Path, string Message)> Mistakes(SweepSpec spec)
    {
        if (TorchTrainings.ValuesOf(spec, "model", TaskSettings.DefaultModel) is not [var name])
        {
            yield break;
        }
        var model = ModelRegistry.Get(name);
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var setting in model.Settings)
        {
            if (spec.Space.Parameters.FirstOrDefault(p => p.Name == "task." + setting.Name) is { } parameter)
            {
                if (parameter.Alternatives is not [{ Distribution: { Count: 1 } constant }])
                {
                    yield break;
                }
                given[setting.Name] = constant.At(0).ToObject();
            }
            else if (spec.Task.Settings.TryGetValue(setting.Name, out var value))
            {
                given[setting.Name] = value.ToObject();
            }
        }
        var values = new SettingValues(given, model.Settings);
        if (model.FindError(values) is { } error)
        {
            yield return ("task." + error.Setting, error.Message);
        }
        if (!model.HasBFloat16(values) && TorchTrainings.ValuesOf(spec, TaskSettings.Precision.Name, TaskSettings.Float32).Contains(TaskSettings.BFloat16))
        {
            yield return ("task.precision", $"{TaskSettings.BFloat16} is for models of fully connected, convolution and pooling layers, not for {name} as it is set");
        }
    }
}
