namespace Sweep.Grains.Spec;

/// <summary>Reads the objective section.</summary>
internal static class ObjectiveReader
{
    internal static Objective? Read(SpecMap root, Catalogue catalogue, SpecLog log)
    {
        if (root.Find("objective") is not { } entry)
        {
            log.Missing(root, "objective", "objective", "is required: {metric, goal}");
            return null;
        }

        var node = entry.Value;
        if (node is SpecList { Items: [var only] })
        {
            node = only;
        }
        else if (node is SpecList list)
        {
            log.Error(entry.Line, "objective", $"expected one objective, found a list of {list.Items.Count}");
            return null;
        }

        if (log.Map(node, "objective") is not { } section)
        {
            return null;
        }

        log.Keys(section, "objective", "metric", "goal", "over");
        var metric = Word(section, "metric", catalogue.Metrics.Keys.ToArray(), null, log);
        var natural = metric is not null ? catalogue.Metrics[metric] : ObjectiveGoal.Minimize;
        var goal = Word(section, "goal", ["minimize", "maximize"], natural == ObjectiveGoal.Minimize ? "minimize" : "maximize", log);
        var over = Word(section, "over", ["last", "best"], "last", log);
        if (metric is null || goal is null || over is null)
        {
            return null;
        }

        var chosen = goal == "minimize" ? ObjectiveGoal.Minimize : ObjectiveGoal.Maximize;
        if (chosen != natural)
        {
            log.Warn(section.Line, "objective.goal", $"{goal} {metric} looks for the worst: {metric} is better when {(natural == ObjectiveGoal.Minimize ? "lower" : "higher")}");
        }

        return new Objective(metric, chosen, over == "last" ? ObjectiveOver.Last : ObjectiveOver.Best);
    }

    private static string? Word(SpecMap section, string key, string[] allowed, string? otherwise, SpecLog log) =>
        Words.Read(section, "objective", key, allowed, otherwise, log);
}
