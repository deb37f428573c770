using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Finds settings that are missing or given where they can have no effect.</summary>
internal sealed class SettingsCheck(
    IReadOnlyList<ParameterEntry> entries, HashSet<string> broken, TaskSection task, Catalogue catalogue, int line, SpecLog log)
{
    private readonly List<SettingProbe> _probes = [];

    /// <summary>What is left to ask of the space: settings that must not be inactive somewhere.</summary>
    internal IReadOnlyList<SettingProbe> Probes => _probes;

    internal void Run()
    {
        foreach (var family in SettingLookup.Families(catalogue))
        {
            CheckFamily(family);
        }

        if (catalogue.LearningRate is { } rate)
        {
            Require(rate, "lr", null, []);
        }

        foreach (var setting in catalogue.Own)
        {
            RequireOwn(setting);
        }

        foreach (var setting in catalogue.Task)
        {
            Require(setting, $"task.{setting.Name}", null, []);
        }

        CheckTask();
        foreach (var entry in entries.Where(e => e.Setting.HasNoEffect))
        {
            log.Warn(entry.Line, entry.Parameter.Name, entry.Setting.Description);
        }
    }

    private void CheckFamily(CatalogueFamily family)
    {
        var selector = new Setting(family.Selector, SettingKind.Choice) { Choices = [.. family.Members.Keys], Required = family.Default is null };
        Require(selector, family.Selector, null, []);
        var isParameter = entries.Any(e => e.Parameter.Name == family.Selector);
        foreach (var member in FamilyMembers.Possible(family, entries, task, []))
        {
            foreach (var setting in family.Members[member])
            {
                Require(setting, family.Prefix + setting.Name, $"{family.Selector} {member}", isParameter ? [new Condition(family.Selector, [ParameterValue.Of(member)])] : []);
            }
        }
    }

    /// <summary>A setting that the default space has under conditions is required where they can hold.</summary>
    private void RequireOwn(Setting setting)
    {
        var alternatives = catalogue.DefaultSpace?.Parameters.FirstOrDefault(p => p.Name == setting.Name)?.Alternatives ?? [];
        foreach (var alternative in alternatives)
        {
            if (alternative.Conditions.All(c => entries.Any(e => e.Parameter.Name == c.Parameter && e.Parameter.Alternatives.Any(a => c.Values.Any(a.Distribution.Contains)))))
            {
                var owner = string.Join(", ", alternative.Conditions.Select(c => $"{c.Parameter} {string.Join(" or ", c.Values.Select(v => v.ToDisplay()))}"));
                Require(setting, setting.Name, owner.Length > 0 ? owner : null, alternative.Conditions);
            }
        }
    }

    private void Require(Setting setting, string path, string? owner, IReadOnlyList<Condition> conditions)
    {
        if (!setting.Required || setting.Default is not null || broken.Contains(path))
        {
            return;
        }

        var isTask = path.StartsWith("task.", StringComparison.Ordinal);
        if (isTask && (task.Settings.ContainsKey(path["task.".Length..]) || task.IsBroken(path["task.".Length..])))
        {
            return;
        }

        var what = owner is null ? "is required" : $"is required by {owner}";
        for (var level = 0; level < entries.Count; level++)
        {
            if (entries[level].Parameter.Name == path)
            {
                _probes.Add(new SettingProbe(level, conditions, entries[level].Line, path, $"{what}, but there are trials where no condition of it holds"));
                return;
            }
        }

        log.Error(isTask ? task.Line : line, path, $"{what}: {SettingReader.Expected(setting)}");
    }

    private void CheckTask()
    {
        var models = FamilyMembers.Possible(catalogue.Models, entries, task, []);
        foreach (var (name, (at, value)) in task.Settings)
        {
            var path = $"task.{name}";
            var varied = entries.FirstOrDefault(e => e.Parameter.Name == path);
            if (varied is { Parameter.Alternatives: [{ Conditions.Count: 0 }] })
            {
                log.Warn(at, path, $"the value {value.ToDisplay()} is never used: parameters varies it in line {varied.Line}");
            }

            var candidates = SettingLookup.Find(path, catalogue);
            if (candidates[0].Setting.HasNoEffect)
            {
                log.Warn(at, path, candidates[0].Setting.Description);
            }

            if (candidates[0].Member is null || broken.Contains(catalogue.Models.Selector) || task.IsBroken("model"))
            {
                continue;
            }

            var owners = candidates.FindAll(c => models.Contains(c.Member!));
            if (owners.Count == 0)
            {
                var found = models.Count == 0 ? "none is given" : $"here it is {string.Join(", ", models)}";
                log.Error(at, path, $"is a setting of {catalogue.Models.Selector} {string.Join(", ", candidates.Select(c => c.Member))}; {found}");
                continue;
            }

            foreach (var (_, setting) in owners)
            {
                if (SettingReader.Problem(value, setting) is { } problem)
                {
                    log.Error(at, path, problem);
                    break;
                }
            }
        }
    }
}

/// <summary>A required setting that is a parameter: it must not be inactive where the conditions hold.</summary>
internal sealed record SettingProbe(int Level, IReadOnlyList<Condition> Conditions, int Line, string Path, string Message);
