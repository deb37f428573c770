using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Makes a space of parameters and reports what cannot happen in it, or happens twice.</summary>
internal sealed class SpaceBuilder(
    IReadOnlyList<ParameterEntry> entries,
    IReadOnlyList<(int Line, IReadOnlyList<Condition> Conditions)> forbidden,
    IReadOnlyList<SettingProbe> probes,
    int line,
    SpecLog log)
{
    private const double MaxWidth = 200_000;

    internal SpaceSection? Build()
    {
        var parameters = new List<Parameter>(entries.Count);
        var places = new Dictionary<string, int>(entries.Count);
        foreach (var entry in entries)
        {
            places.Add(entry.Parameter.Name, parameters.Count);
            parameters.Add(entry.Parameter);
        }

        var combinations = new List<IReadOnlyList<Condition>>();
        foreach (var (_, conditions) in forbidden)
        {
            combinations.Add(conditions);
        }

        var asked = new List<(int Level, Condition Condition)>();
        foreach (var probe in probes)
        {
            foreach (var condition in probe.Conditions)
            {
                // What comes after the setting is asked when it is reached: declared later, it cannot matter.
                asked.Add((Math.Max(probe.Level, places[condition.Parameter] + 1), condition));
            }
        }

        var tree = new SpaceTree(parameters, combinations, asked);
        if (tree.Width > MaxWidth)
        {
            log.Error(line, "parameters", $"conditions and forbidden combinations depend on too many values at once (about {tree.Width:0.#e0}; at most {MaxWidth:0})");
            return null;
        }

        if (tree.Count(0, tree.NewState()).IsZero)
        {
            log.Error(forbidden[0].Line, "forbidden", "nothing is left: every configuration is forbidden");
            return null;
        }

        var tests = new List<(int Level, SpaceTest[] Tests)>();
        foreach (var probe in probes)
        {
            tests.Add((probe.Level, SpaceCompiler.Tests(tree.Levels, places, probe.Conditions)));
        }

        var errorsBefore = log.ErrorCount;
        Report(new SpaceAnalysis(tree, tests), tree);
        return log.ErrorCount > errorsBefore ? null : new SpaceSection(new Space(parameters, combinations), entries, line);
    }

    private void Report(SpaceAnalysis analysis, SpaceTree tree)
    {
        foreach (var (level, first, second) in analysis.Overlaps)
        {
            log.Error(entries[level].Lines[second], entries[level].Parameter.Name, $"this alternative overlaps the one of line {entries[level].Lines[first]}: both hold in some trials");
        }

        for (var level = 0; level < entries.Count; level++)
        {
            var choices = tree.Levels[level].Choices;
            for (var i = 0; i < choices.Length; i++)
            {
                if (!analysis.Reached[choices[i].Dimension] && !analysis.Overlaps.Any(o => o.Level == level && o.Second == i))
                {
                    log.Error(entries[level].Lines[i], entries[level].Parameter.Name, "its conditions never hold together");
                }
            }
        }

        for (var i = 0; i < probes.Count; i++)
        {
            if (analysis.ProbeHits[i])
            {
                log.Error(probes[i].Line, probes[i].Path, probes[i].Message);
            }
        }
    }
}

/// <summary>The parameters section as read.</summary>
internal sealed record SpaceSection(Space Space, IReadOnlyList<ParameterEntry> Entries, int Line);
