using Sweep.Grains.Search.Spaces;
using Sweep.Grains.Spec;
using Sweep.Training.Settings;

namespace Sweep.Silo.Execution;

/// <summary>What a trial is trained with: the task's settings, with the trial's own parameters over them.</summary>
internal sealed class TrialSettings
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public TrialSettings(SweepSpec spec, Configuration configuration)
    {
        foreach (var (name, value) in spec.Task.Settings)
        {
            _values["task." + name] = value.ToObject();
        }

        foreach (var (name, value) in configuration.Entries)
        {
            _values[name] = value.ToObject();
        }
    }

    /// <summary>The value of a path such as <c>optimizer</c> or <c>task.dataset</c>.</summary>
    public string Text(string path, string otherwise) => _values.TryGetValue(path, out var value) ? (string)value! : otherwise;

    /// <summary>The learning rate, or null when the sweep leaves it to the optimizer.</summary>
    public double? LearningRate => _values.TryGetValue("lr", out var value) ? Convert.ToDouble(value) : null;

    /// <summary>The settings under a prefix that these definitions know; one that the drawn optimizer or schedule lacks is inactive.</summary>
    public SettingValues Under(string prefix, IReadOnlyList<SettingDefinition> definitions)
    {
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (_values.TryGetValue(prefix + definition.Name, out var value))
            {
                given[definition.Name] = value;
            }
        }

        return new SettingValues(given, definitions);
    }
}
