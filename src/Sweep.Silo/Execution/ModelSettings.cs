using Sweep.Search.Settings;
using Sweep.Search.Spec;
using Sweep.Training.Models;

namespace Sweep.Silo.Execution;

/// <summary>The settings of a sweep's models.</summary>
internal static class ModelSettings
{
    private const int MostCombinations = 1000;

    /// <summary>
    /// Settings that are right one by one but do not go together in any trial, and precisions that a model has not. A combination
    /// that only some trials draw ends those as Failed, with the same words.
    /// </summary>
    public static IEnumerable<(string Path, string Message)> Mistakes(SweepSpec spec)
    {
        if (SpecValues.Texts(spec, "task.model", TaskSettings.DefaultModel) is not [var name])
        {
            yield break;
        }
        var model = ModelRegistry.Get(name);
        var combinations = Combinations(spec, model);
        if (combinations.Count == 0)
        {
            yield break;
        }
        if (combinations.All(c => model.FindError(c) is not null))
        {
            var error = model.FindError(combinations[0])!;
            yield return ("task." + error.Setting, error.Message);
        }
        if (!combinations.Any(model.HasBFloat16)
            && SpecValues.Texts(spec, "task.precision", TaskSettings.Float32).Contains(TaskSettings.BFloat16))
        {
            yield return ("task.precision", $"{TaskSettings.BFloat16} is for models of fully connected, convolution and pooling layers, not for {name} as it is set");
        }
    }

    // All that trials may draw, as far as they can be counted; none when they cannot.
    private static List<SettingValues> Combinations(SweepSpec spec, ModelDefinition model)
    {
        List<Dictionary<string, object?>> all = [new(StringComparer.Ordinal)];
        foreach (var setting in model.Settings)
        {
            if (spec.Space.Parameters.FirstOrDefault(p => p.Name == "task." + setting.Name) is { } parameter)
            {
                if (parameter.Alternatives.Any(a => a.Distribution.Count is not <= MostCombinations))
                {
                    return [];
                }
                object?[] values = [.. parameter.Alternatives.SelectMany(a => Enumerable.Range(0, (int)a.Distribution.Count!.Value).Select(i => a.Distribution.At(i).ToObject()))];
                all = [.. all.SelectMany(given => values.Select(v => new Dictionary<string, object?>(given, StringComparer.Ordinal) { [setting.Name] = v }))];
            }
            else if (spec.Task.Settings.TryGetValue(setting.Name, out var value))
            {
                all.ForEach(given => given[setting.Name] = value.ToObject());
            }
            if (all.Count > MostCombinations)
            {
                return [];
            }
        }
        return [.. all.Select(given => new SettingValues(given, model.Settings))];
    }
}
