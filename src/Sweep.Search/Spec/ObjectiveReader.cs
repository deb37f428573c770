namespace Sweep.Search.Spec;

/// <summary>Reads the objective section: one objective, or a list of them.</summary>
internal static class ObjectiveReader
{
    internal static IReadOnlyList<Objective>? Read(SpecMap root, Catalogue catalogue, SpecLog log)
    {
        if (root.Find("objective") is not { } entry)
        {
            log.Missing(root, "objective", "objective", "is required: {metric, goal}");
            return null;
        }

        if (entry.Value is not SpecList list)
        {
            return ReadOne(entry.Value, "objective", catalogue, log) is { } only ? [only] : null;
        }

        if (list.Items.Count == 0)
        {
            log.Error(entry.Line, "objective", "the list is empty: at least one {metric, goal} is required");
            return null;
        }

        var objectives = new List<Objective>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            var path = list.Items.Count == 1 ? "objective" : $"objective[{i}]";
            if (ReadOne(list.Items[i], path, catalogue, log) is not { } objective)
            {
                continue;
            }

            if (objectives.Exists(other => other.Metric == objective.Metric))
            {
                log.Error(list.Items[i].Line, path, $"{objective.Metric} is an objective already");
            }

            objectives.Add(objective);
        }

        return objectives.Count == list.Items.Count ? objectives : null;
    }

    private static Objective? ReadOne(SpecNode node, string path, Catalogue catalogue, SpecLog log)
    {
        if (log.Map(node, path) is not { } section)
        {
            return null;
        }

        log.Keys(section, path, "metric", "goal", "over");
        var metric = Words.Read(section, path, "metric", [.. catalogue.Metrics.Keys], null, log);
        var natural = metric is not null ? catalogue.Metrics[metric] : ObjectiveGoal.Minimize;
        var goal = Words.Read(section, path, "goal", ["minimize", "maximize"], natural == ObjectiveGoal.Minimize ? "minimize" : "maximize", log);
        var over = Words.Read(section, path, "over", ["last", "best"], "last", log);
        if (metric is null || goal is null || over is null)
        {
            return null;
        }

        var chosen = goal == "minimize" ? ObjectiveGoal.Minimize : ObjectiveGoal.Maximize;
        if (chosen != natural)
        {
            log.Warn(section.Line, $"{path}.goal", $"{goal} {metric} looks for the worst: {metric} is better when {(natural == ObjectiveGoal.Minimize ? "lower" : "higher")}");
        }

        return new Objective(metric, chosen, over == "last" ? ObjectiveOver.Last : ObjectiveOver.Best);
    }
}
