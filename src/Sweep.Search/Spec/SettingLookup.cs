using Sweep.Search.Settings;

namespace Sweep.Search.Spec;

/// <summary>Finds what a path like <c>optimizer.momentum</c> names.</summary>
internal static class SettingLookup
{
    /// <summary>All settings of that path: one for each member of a family that has it; none when it is unknown.</summary>
    internal static List<(string? Member, Setting Setting)> Find(string path, Catalogue catalogue)
    {
        var found = new List<(string? Member, Setting Setting)>();
        if ((path == "lr" ? catalogue.LearningRate : null) is { } rate)
        {
            found.Add((null, rate));
            return found;
        }

        foreach (var setting in catalogue.Own)
        {
            if (path == setting.Name)
            {
                found.Add((null, setting));
                return found;
            }
        }

        foreach (var family in Families(catalogue))
        {
            if (path == family.Selector)
            {
                found.Add((null, new Setting(path, SettingKind.Choice) { Choices = [.. family.Members.Keys] }));
                return found;
            }
        }

        foreach (var setting in catalogue.Task)
        {
            if (path.Length == "task.".Length + setting.Name.Length && path.StartsWith("task.", StringComparison.Ordinal) && path.EndsWith(setting.Name, StringComparison.Ordinal))
            {
                found.Add((null, setting));
                return found;
            }
        }

        foreach (var family in Families(catalogue))
        {
            if (!path.StartsWith(family.Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            foreach (var (member, settings) in family.Members)
            {
                foreach (var setting in settings)
                {
                    if (path.AsSpan(family.Prefix.Length).SequenceEqual(setting.Name))
                    {
                        found.Add((member, setting));
                    }
                }
            }
        }

        return found;
    }

    /// <summary>The family whose members' settings begin like that; null for settings of no family.</summary>
    internal static CatalogueFamily? FamilyOf(string path, Catalogue catalogue)
    {
        foreach (var family in Families(catalogue))
        {
            if (path.StartsWith(family.Prefix, StringComparison.Ordinal))
            {
                return family;
            }
        }

        return null;
    }

    internal static IEnumerable<CatalogueFamily> Families(Catalogue catalogue) =>
        new[] { catalogue.Optimizers, catalogue.Schedules, catalogue.Models }.Where(family => family.Members.Count > 0);

    /// <summary>Every path there is.</summary>
    internal static List<string> AllNames(Catalogue catalogue)
    {
        List<string> names = [.. catalogue.LearningRate is null ? [] : new[] { "lr" }, .. catalogue.Own.Select(setting => setting.Name)];
        foreach (var family in Families(catalogue))
        {
            names.Add(family.Selector);
        }

        foreach (var setting in catalogue.Task)
        {
            names.Add($"task.{setting.Name}");
        }

        foreach (var family in Families(catalogue))
        {
            foreach (var settings in family.Members.Values)
            {
                foreach (var setting in settings)
                {
                    var name = family.Prefix + setting.Name;
                    if (!names.Contains(name))
                    {
                        names.Add(name);
                    }
                }
            }
        }

        return names;
    }

    /// <summary>What the task section may hold, without the prefix.</summary>
    internal static List<string> TaskNames(Catalogue catalogue)
    {
        var names = AllNames(catalogue);
        names.RemoveAll(name => !name.StartsWith("task.", StringComparison.Ordinal));
        return names.ConvertAll(name => name["task.".Length..]);
    }
}
