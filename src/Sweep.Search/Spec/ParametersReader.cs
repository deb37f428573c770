using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads the parameters and forbidden sections into a space.</summary>
internal sealed class ParametersReader(SpecMap root, TaskSection task, Catalogue catalogue, SpecLog log)
{
    private readonly List<ParameterEntry> _entries = [];

    /// <summary>Names in the file whose content was wrong: a reference to one is no second mistake.</summary>
    private readonly HashSet<string> _broken = [];

    internal SpaceSection? Read()
    {
        var errorsBefore = log.ErrorCount;
        var section = root.Find("parameters");
        if (section is null && catalogue.DefaultSpace is { } space)
        {
            TakeDefaults(space);
        }
        else if (section is null)
        {
            log.Missing(root, "parameters", "parameters", "is required: what may vary");
            return null;
        }
        else if (log.Map(section.Value, "parameters") is { } map)
        {
            foreach (var entry in map.Entries)
            {
                ReadParameter(entry);
            }
        }
        else
        {
            return null;
        }

        var line = section?.Line ?? task.Line;
        var forbidden = ReadForbidden();
        var checks = new SettingsCheck(_entries, _broken, task, catalogue, line, log);
        checks.Run();
        if (log.ErrorCount > errorsBefore || new SpaceBuilder(_entries, forbidden, checks.Probes, line, log).Build() is not { } built)
        {
            return null;
        }

        new ConflictsCheck(_entries, task, catalogue, line, log).Run(built.Space);
        return log.ErrorCount > errorsBefore ? null : built;
    }

    private void TakeDefaults(Space space)
    {
        foreach (var parameter in space.Parameters)
        {
            var setting = SettingLookup.Find(parameter.Name, catalogue)[0].Setting;
            _entries.Add(new ParameterEntry(parameter, task.Line, [.. parameter.Alternatives.Select(_ => task.Line)], setting));
        }
    }

    private void ReadParameter(SpecEntry entry)
    {
        var errorsBefore = log.ErrorCount;
        var candidates = SettingLookup.Find(entry.Key, catalogue);
        if (candidates.Count == 0)
        {
            var names = SettingLookup.AllNames(catalogue);
            log.Error(entry.Line, entry.Key, Spelling.Nearest(entry.Key, names) is { } nearest
                ? $"unknown parameter; did you mean '{nearest}'?"
                : catalogue.Own.Count > 0
                    ? $"unknown parameter; the task reads {string.Join(", ", catalogue.Own.Select(s => s.Name))}"
                    : "unknown parameter; a parameter is optimizer, lr, schedule, or the path of a setting: optimizer.*, schedule.*, task.*");
            _broken.Add(Spelling.Nearest(entry.Key, names) ?? entry.Key);
            _broken.Add(entry.Key);
            return;
        }

        var alternatives = new List<Alternative>();
        var lines = new List<int>();
        foreach (var node in Alternatives(entry))
        {
            if (ReadAlternative(entry.Key, node, candidates) is { } alternative)
            {
                alternatives.Add(alternative);
                lines.Add(node.Line);
            }
        }

        if (log.ErrorCount > errorsBefore || alternatives.Count == 0)
        {
            _broken.Add(entry.Key);
            return;
        }

        _entries.Add(new ParameterEntry(new Parameter(entry.Key, alternatives), entry.Line, lines, candidates[0].Setting));
    }

    /// <summary>The one node, or the items of a list of alternatives.</summary>
    private IEnumerable<SpecNode> Alternatives(SpecEntry entry)
    {
        if (entry.Value is not SpecList list || !list.Items.Any(item => item is SpecMap))
        {
            return [entry.Value];
        }

        foreach (var item in list.Items)
        {
            if (item is not SpecMap)
            {
                log.Error(item.Line, entry.Key, $"each alternative is a map with when, found {item.Describe()}");
            }
            else if (list.Items.Count > 1 && ((SpecMap)item).Find("when") is null)
            {
                log.Error(item.Line, entry.Key, "an alternative without when overlaps the others: each needs a condition");
            }
        }

        return list.Items.Where(item => item is SpecMap);
    }

    private Alternative? ReadAlternative(string name, SpecNode node, List<(string? Member, Setting Setting)> candidates)
    {
        var conditions = node is SpecMap map && map.Find("when") is { } when
            ? new ConditionReader(_entries, _broken, root, log).Read(when.Value, name, "when", isForbidden: false)
            : [];
        if (conditions is null)
        {
            return null;
        }

        var settings = new List<Setting>();
        if (candidates[0].Member is null)
        {
            settings.Add(candidates[0].Setting);
        }
        else if (Owners(name, node.Line, candidates, conditions) is { } owned)
        {
            settings.AddRange(owned);
        }
        else
        {
            return null;
        }

        var reader = new DistributionReader(name, settings, log);
        var distribution = node is SpecMap range ? reader.Read(range) : reader.Constant(node);
        return distribution is null ? null : new Alternative(distribution, conditions);
    }

    /// <summary>The settings that a parameter sets in those members that can be drawn; adds the condition that one of them is.</summary>
    private List<Setting>? Owners(
        string name, int line, List<(string? Member, Setting Setting)> candidates, List<Condition> conditions)
    {
        var family = SettingLookup.FamilyOf(name, catalogue)!;
        if (_broken.Contains(family.Selector) || (family.Prefix == "task." && task.IsBroken("model")))
        {
            return null;
        }

        if (root.Find("parameters")?.Value is SpecMap all && all.Find(family.Selector) is not null && _entries.Find(e => e.Parameter.Name == family.Selector) is null)
        {
            log.Error(line, name, $"{family.Selector} decides whether it applies: declare {family.Selector} before it");
            return null;
        }

        var possible = FamilyMembers.Possible(family, _entries, task, conditions);
        var settings = new List<Setting>();
        var members = new List<ParameterValue>();
        foreach (var (member, setting) in candidates)
        {
            if (possible.Contains(member!))
            {
                settings.Add(setting);
                members.Add(ParameterValue.Of(member!));
            }
        }

        if (settings.Count == 0)
        {
            var owners = string.Join(", ", candidates.Select(c => c.Member));
            var found = possible.Count == 0 ? "none is given" : $"here it is {string.Join(", ", possible)}";
            log.Error(line, name, $"is a setting of {family.Selector} {owners}; {found}");
            return null;
        }

        // A selector that is inactive somewhere has no settings there either.
        var selector = _entries.Find(e => e.Parameter.Name == family.Selector);
        if (members.Count < possible.Count || (selector is not null && selector.Parameter.Alternatives.Any(a => a.Conditions.Count > 0)))
        {
            conditions.Add(new Condition(family.Selector, members));
        }

        return settings;
    }

    private List<(int Line, IReadOnlyList<Condition> Conditions)> ReadForbidden()
    {
        var combinations = new List<(int Line, IReadOnlyList<Condition> Conditions)>();
        if (root.Find("forbidden") is not { } entry)
        {
            return combinations;
        }

        if (entry.Value is not SpecList list)
        {
            log.Error(entry.Line, "forbidden", $"expected a list of combinations, each a map of parameters to values, found {entry.Value.Describe()}");
            return combinations;
        }

        foreach (var item in list.Items)
        {
            if (new ConditionReader(_entries, _broken, root, log).Read(item, "forbidden", "", isForbidden: true) is { Count: > 0 } conditions)
            {
                combinations.Add((item.Line, conditions));
            }
        }

        return combinations;
    }
}

/// <summary>A parameter as read.</summary>
/// <param name="Lines">Of its alternatives.</param>
/// <param name="Setting">One of the settings that it sets: its kind is that of all.</param>
internal sealed record ParameterEntry(Parameter Parameter, int Line, IReadOnlyList<int> Lines, Setting Setting);
