using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Settings;

namespace Sweep.Search.Spec;

/// <summary>Reads the pruner of the search section: one, or a list of one that compares trials and any that look at their own only.</summary>
internal sealed class PrunerSection(SpecMap root, TaskSection task, SpaceSection? space, IReadOnlyList<Component<PrunerOptions>> pruners, SpecLog log)
{
    private const string Path = "search.pruner";
    private const string MaxResource = "max_resource";

    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);
    private PrunerOptions? _pruner;
    private OwnRulesSpec _rules = OwnRulesSpec.None;

    internal (PrunerOptions? Pruner, OwnRulesSpec Rules) Read(SpecEntry entry)
    {
        IReadOnlyList<SpecNode> nodes = entry.Value is SpecList list ? list.Items : [entry.Value];
        foreach (var node in nodes)
        {
            if (log.Map(node, Path) is { } section)
            {
                ReadOne(section);
            }
        }

        return (_pruner, _rules);
    }

    private void ReadOne(SpecMap section)
    {
        var rules = OwnRulesSpec.Components;
        if (Words.Read(section, Path, "type", [.. pruners.Select(pruner => pruner.Name), .. rules.Select(rule => rule.Name)], null, log) is not { } type)
        {
            return;
        }

        var read = new SectionReader(section, Path, log);
        if (rules.FirstOrDefault(rule => rule.Name == type) is { } found)
        {
            log.Keys(section, Path, ["type", .. found.Settings.Select(setting => setting.Name)]);
            _rules = read.Component(found)?.Invoke(_rules) ?? _rules;
            if (!_kinds.Add(type))
            {
                log.Error(section.Line, Path, $"{type} is given twice");
            }

            return;
        }

        Compare(section, pruners.First(pruner => pruner.Name == type), read);
        if (!_kinds.Add(""))
        {
            log.Error(section.Line, Path, $"only one pruner may compare trials with each other; {Names(rules)} go with it");
        }
    }

    private void Compare(SpecMap section, Component<PrunerOptions> component, SectionReader read)
    {
        log.Keys(section, Path, ["type", .. component.Settings.Select(setting => setting.Name)]);
        var errorsBefore = log.ErrorCount;
        var max = read.Whole(MaxResource, 1, int.MaxValue) ?? (int?)task.Epochs;
        if (root.Find("parameters")?.Value is SpecMap parameters && parameters.Find(TaskSpec.EpochsParameter) is { } varied)
        {
            log.Error(varied.Line, TaskSpec.EpochsParameter, "cannot vary with a pruner that compares trials at the same resource");
        }
        else if (max > task.Epochs)
        {
            log.Error(read.LineOf(MaxResource), $"{Path}.{MaxResource}", $"{max} is above task.epochs {task.Epochs}");
        }

        // A task without epochs is an error of the task, and no reason for one of the pruner.
        var settings = component.Settings.Select(setting => setting.Unset == TaskSpec.EpochsParameter ? setting with { Default = (long)(task.Epochs ?? int.MaxValue) } : setting);
        var options = read.Component(component with { Settings = [.. settings] });
        if (options is RungPrunerOptions rungs)
        {
            ScheduleWarning.Give(read.LineOf("min_resource"), rungs.MinResource, task, space, log);
        }

        _pruner = log.ErrorCount > errorsBefore || max is null ? null : options;
    }

    private static string Names(IReadOnlyList<Component<Func<OwnRulesSpec, OwnRulesSpec>>> rules) =>
        $"{string.Join(", ", rules.SkipLast(1).Select(rule => rule.Name))} and {rules[^1].Name}";
}
