using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Which optimizers, schedules or models can be drawn.</summary>
internal static class FamilyMembers
{
    /// <summary>By name: what the selector may be under these conditions; its fixed or default value where it is no parameter.</summary>
    internal static List<string> Possible(
        CatalogueFamily family, IReadOnlyList<ParameterEntry> entries, TaskSection task, IReadOnlyList<Condition> conditions)
    {
        var possible = new List<string>();
        var isParameter = false;
        foreach (var entry in entries)
        {
            if (entry.Parameter.Name != family.Selector)
            {
                continue;
            }

            isParameter = true;
            foreach (var alternative in entry.Parameter.Alternatives)
            {
                foreach (var value in ((ValuesDistribution)alternative.Distribution).Values)
                {
                    if (!possible.Contains(value.AsText))
                    {
                        possible.Add(value.AsText);
                    }
                }
            }
        }

        if (!isParameter && Fixed(family, task) is { } only)
        {
            possible.Add(only);
        }

        foreach (var condition in conditions)
        {
            if (condition.Parameter == family.Selector)
            {
                possible.RemoveAll(member => !condition.Values.Contains(ParameterValue.Of(member)));
            }
        }

        return possible;
    }

    /// <summary>The value where the selector is no parameter, or an inactive one.</summary>
    internal static string? Fixed(CatalogueFamily family, TaskSection task)
    {
        if (family.Selector.StartsWith("task.", StringComparison.Ordinal)
            && task.Settings.TryGetValue(family.Selector["task.".Length..], out var given)
            && family.Members.ContainsKey(given.Value.AsText))
        {
            return given.Value.AsText;
        }

        return family.Default;
    }
}
