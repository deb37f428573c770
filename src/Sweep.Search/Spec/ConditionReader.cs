using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads maps of parameters to the values that they must have.</summary>
internal sealed class ConditionReader(IReadOnlyList<ParameterEntry> declared, HashSet<string> broken, SpecMap root, SpecLog log)
{
    /// <summary>The conditions, or null with errors.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="key">For messages: <c>when</c>, or empty.</param>
    internal List<Condition>? Read(SpecNode node, string path, string key, bool isForbidden)
    {
        var what = key.Length > 0 ? $"{key}: " : "";
        if (node is not SpecMap { Entries.Count: > 0 } map)
        {
            log.Error(node.Line, path, $"{what}expected a map of parameters to values, found {(node is SpecMap ? "an empty one" : node.Describe())}");
            return null;
        }

        var conditions = new List<Condition>();
        foreach (var entry in map.Entries)
        {
            if (Find(entry, path, what, isForbidden) is { } parent && ReadValues(entry, parent, path, what) is { } values)
            {
                conditions.Add(new Condition(entry.Key, values));
            }
        }

        return conditions.Count == map.Entries.Count ? conditions : null;
    }

    private ParameterEntry? Find(SpecEntry entry, string path, string what, bool isForbidden)
    {
        foreach (var candidate in declared)
        {
            if (candidate.Parameter.Name == entry.Key)
            {
                return candidate;
            }
        }

        if (broken.Contains(entry.Key))
        {
            return null;
        }

        if (entry.Key == path)
        {
            log.Error(entry.Line, path, $"{what}it cannot depend on itself");
        }
        else if (!isForbidden && root.Find("parameters")?.Value is SpecMap all && all.Find(entry.Key) is not null)
        {
            log.Error(entry.Line, path, $"{what}{entry.Key} is declared later: declare it before");
        }
        else
        {
            log.Error(entry.Line, path, $"{what}unknown parameter '{entry.Key}'; {Spelling.Hint(entry.Key, declared.Select(d => d.Parameter.Name).ToArray())}");
        }

        return null;
    }

    private List<ParameterValue>? ReadValues(SpecEntry entry, ParameterEntry parent, string path, string what)
    {
        if (parent.Parameter.Alternatives.Any(a => a.Distribution.Count is null))
        {
            log.Error(entry.Line, path, $"{what}{entry.Key} is continuous: only a parameter with a finite number of values can be asked for");
            return null;
        }

        var isListKind = parent.Setting.TakesList;
        var items = entry.Value switch
        {
            SpecList list when !isListKind || list.Items.Any(item => item is SpecList) => list.Items,
            var one => [one],
        };
        if (items.Count == 0)
        {
            log.Error(entry.Line, path, $"{what}{entry.Key}: expected at least one value");
            return null;
        }

        var errorsBefore = log.ErrorCount;
        var values = new List<ParameterValue>();
        foreach (var item in items)
        {
            var setting = parent.Setting.Kind == SettingKind.Choice ? parent.Setting with { Kind = SettingKind.Text } : parent.Setting.WithoutRange();
            if (SettingReader.Read(item, setting, path, log) is not { } value)
            {
                continue;
            }

            // Alternatives may have values of their own that it stands for.
            var found = parent.Parameter.Alternatives.Select(a => a.Distribution.Find(value)).OfType<ParameterValue>().Distinct().ToList();
            if (found.Count == 0)
            {
                log.Error(item.Line, path, what + Never(entry.Key, value, parent));
            }

            values.AddRange(found);
        }

        return log.ErrorCount == errorsBefore ? values : null;
    }

    private static string Never(string name, ParameterValue value, ParameterEntry parent)
    {
        var distributions = parent.Parameter.Alternatives.Select(a => a.Distribution).ToList();
        if (NearestValues.Of(value, distributions).Count > 0)
        {
            return NearestValues.Describe(name, value, distributions);
        }

        var possible = distributions.OfType<ValuesDistribution>().SelectMany(list => list.Values).Select(v => v.ToDisplay()).Distinct().Take(50);
        return $"{name} is never {value.ToDisplay()}; {Spelling.Hint(value.ToDisplay(), possible.ToArray())}";
    }
}
