using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads the points that are to be tried first.</summary>
internal static class EnqueueReader
{
    /// <summary>The points under a key.</summary>
    internal static IReadOnlyList<Configuration> Read(SpecMap root, string section, SpaceSection? space, SpecLog log)
    {
        if (root.Find(section) is not { } entry)
        {
            return [];
        }

        if (entry.Value is not SpecList list)
        {
            log.Error(entry.Line, section, $"expected a list of configurations, found {entry.Value.Describe()}");
            return [];
        }

        var points = new List<Configuration>();
        foreach (var item in list.Items)
        {
            if (log.Map(item, section) is not { } map || space is null || Point(map, section, space, log) is not { } point)
            {
                continue;
            }

            if (points.Contains(point))
            {
                log.Error(map.Line, section, "the configuration is given twice");
            }

            points.Add(point);
        }

        return points;
    }

    private static Configuration? Point(SpecMap map, string section, SpaceSection space, SpecLog log)
    {
        log.Keys(map, section, [.. space.Entries.Select(entry => entry.Parameter.Name)]);
        var errorsBefore = log.ErrorCount;
        var values = new Dictionary<string, ParameterValue>(StringComparer.Ordinal);
        var entries = new List<KeyValuePair<string, ParameterValue>>();
        foreach (var parameter in space.Space.Parameters)
        {
            var given = map.Find(parameter.Name);
            var active = parameter.Alternatives.FirstOrDefault(a => a.Conditions.All(c => values.TryGetValue(c.Parameter, out var value) && c.Values.Contains(value)));
            if (active is null)
            {
                if (given is not null)
                {
                    log.Error(given.Line, section, $"{parameter.Name} is inactive in this configuration: leave it out");
                }

                continue;
            }

            if (Value(parameter.Name, active.Distribution, given, map, section, space, log) is not { } found)
            {
                return null;
            }

            values.Add(parameter.Name, found);
            entries.Add(new(parameter.Name, found));
        }

        var point = new Configuration(entries);
        if (log.ErrorCount == errorsBefore && !space.Space.Contains(point))
        {
            log.Error(map.Line, section, "the configuration is forbidden");
        }

        return log.ErrorCount == errorsBefore ? point : null;
    }

    private static ParameterValue? Value(string name, Distribution distribution, SpecEntry? given, SpecMap map, string section, SpaceSection space, SpecLog log)
    {
        if (given is null)
        {
            if (distribution.Count == 1)
            {
                return distribution.At(0);
            }

            log.Missing(map, name, section, $"{name} is missing");
            return null;
        }

        // Its range comes last: a number just above it may stand for a value within.
        var setting = space.Entries.First(entry => entry.Parameter.Name == name).Setting;
        if (SettingReader.Read(given.Value, setting.WithoutRange(), section, log) is not { } value)
        {
            return null;
        }

        if (distribution.Find(value) is { } found)
        {
            return found;
        }

        log.Error(given.Line, section, SettingReader.Problem(value, setting) ?? NearestValues.Describe(name, value, [distribution]));
        return null;
    }
}
