using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads the task section. Which settings are missing or out of place is known only with the parameters.</summary>
internal static class TaskReader
{
    internal static TaskSection Read(SpecMap root, Catalogue catalogue, SpecLog log)
    {
        var line = root.Line;
        HashSet<string>? broken = null;
        var settings = new Dictionary<string, (int Line, ParameterValue Value)>();
        if (root.Find("task") is not { } entry)
        {
            log.Missing(root, "task", "task", "is required: what each trial trains");
        }
        else if (log.Map(entry.Value, "task") is { } section)
        {
            line = entry.Line;
            broken = [];
            foreach (var given in section.Entries)
            {
                var path = SpecLog.Join("task", given.Key);
                var candidates = SettingLookup.Find(path, catalogue);
                if (candidates.Count == 0)
                {
                    var names = SettingLookup.TaskNames(catalogue);
                    log.Error(given.Line, path, $"unknown setting; {Spelling.Hint(given.Key, names)}");
                    broken.Add(Spelling.Nearest(given.Key, names) ?? given.Key);
                }
                else if (SettingReader.Read(given.Value, candidates[0].Setting, path, log) is { } value)
                {
                    settings.Add(given.Key, (given.Line, value));
                }
                else
                {
                    broken.Add(given.Key);
                }
            }
        }

        return new TaskSection(line, settings, broken, catalogue);
    }
}

/// <summary>The task section as read.</summary>
internal sealed class TaskSection
{
    private readonly HashSet<string>? _broken;

    internal TaskSection(
        int line, IReadOnlyDictionary<string, (int Line, ParameterValue Value)> settings, HashSet<string>? broken, Catalogue catalogue)
    {
        Line = line;
        _broken = broken;
        Settings = settings;
        if (settings.TryGetValue("epochs", out var given))
        {
            Epochs = given.Value.AsInteger;
            return;
        }

        if (IsBroken("epochs"))
        {
            return;
        }

        foreach (var setting in catalogue.Task)
        {
            if (setting is { Name: "epochs", Default: { } number })
            {
                Epochs = Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture);
            }
        }
    }

    internal int Line { get; }

    internal IReadOnlyDictionary<string, (int Line, ParameterValue Value)> Settings { get; }

    /// <summary>Given or default; null when there is neither.</summary>
    internal long? Epochs { get; }

    /// <summary>Whether the setting was given but wrong, or the section as a whole: nothing follows from its absence.</summary>
    internal bool IsBroken(string name) => _broken?.Contains(name) ?? true;

    internal TaskSpec ToSpec()
    {
        var values = new Dictionary<string, ParameterValue>(Settings.Count);
        foreach (var (name, (_, value)) in Settings)
        {
            values.Add(name, value);
        }

        return new TaskSpec(values, (int)(Epochs ?? 0));
    }
}
