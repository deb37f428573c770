using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

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

    /// <summary>The text of a path, or null when the sweep leaves it to its default.</summary>
    public string? GivenText(string path) => _values.GetValueOrDefault(path) as string;

    /// <summary>The settings under a prefix that these definitions know; one that the drawn optimizer or schedule lacks is inactive.</summary>
    /// <param name="prefix">What a sweep file puts before their names.</param>
    /// <param name="definitions">Those there are.</param>
    /// <param name="known">What is known of some that the sweep leaves at 0 or empty, and takes their place.</param>
    public SettingValues Under(string prefix, IReadOnlyList<Setting> definitions, IReadOnlyDictionary<string, object>? known = null)
    {
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            if (known?.GetValueOrDefault(definition.Name) is { } better && (_values.GetValueOrDefault(prefix + definition.Name) is null or 0L or System.Collections.ICollection { Count: 0 }))
            {
                given[definition.Name] = better;
            }
            else if (_values.TryGetValue(prefix + definition.Name, out var value))
            {
                given[definition.Name] = value;
            }
        }

        return new SettingValues(given, definitions);
    }
}
