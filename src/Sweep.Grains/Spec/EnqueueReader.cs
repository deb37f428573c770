using Sweep.Grains.Search.Spaces;

namespace Sweep.Grains.Spec;

/// <summary>Reads the points that are to be tried first.</summary>
internal static class EnqueueReader
{
    internal static IReadOnlyList<Configuration> Read(SpecMap root, SpaceSection? space, SpecLog log)
    {
        if (root.Find("enqueue") is not { } entry)
        {
            return [];
        }

        if (entry.Value is not SpecList list)
        {
            log.Error(entry.Line, "enqueue", $"expected a list of configurations, found {entry.Value.Describe()}");
            return [];
        }

        var points = new List<Configuration>();
        foreach (var item in list.Items)
        {
            if (log.Map(item, "enqueue") is not { } map || space is null || Point(map, space, log) is not { } point)
            {
                continue;
            }

            if (points.Contains(point))
            {
                log.Error(map.Line, "enqueue", "the configuration is given twice");
            }

            points.Add(point);
        }

        return points;
    }

    private static Configuration? Point(SpecMap map, SpaceSection space, SpecLog log)
    {
        log.Keys(map, "enqueue", [.. space.Entries.Select(entry => entry.Parameter.Name)]);
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
                    log.Error(given.Line, "enqueue", $"{parameter.Name} is inactive in this configuration: leave it out");
                }

                continue;
            }

            if (Value(parameter.Name, active.Distribution, given, map, space, log) is not { } found)
            {
                return null;
            }

            values.Add(parameter.Name, found);
            entries.Add(new(parameter.Name, found));
        }

        var point = new Configuration(entries);
        if (log.ErrorCount == errorsBefore && !space.Space.Contains(point))
        {
            log.Error(map.Line, "enqueue", "the configuration is forbidden");
        }

        return log.ErrorCount == errorsBefore ? point : null;
    }

    private static ParameterValue? Value(string name, Distribution distribution, SpecEntry? given, SpecMap map, SpaceSection space, SpecLog log)
    {
        if (given is null)
        {
            if (distribution.Count == 1)
            {
                return distribution.At(0);
            }

            log.Missing(map, name, "enqueue", $"{name} is missing");
            return null;
        }

        var setting = space.Entries.First(entry => entry.Parameter.Name == name).Setting;
        if (SettingReader.Read(given.Value, setting, "enqueue", log) is not { } value)
        {
            return null;
        }

        if (distribution.Contains(value))
        {
            return value;
        }

        log.Error(given.Line, "enqueue", $"{name} is never {value.ToDisplay()} in this configuration");
        return null;
    }
}
