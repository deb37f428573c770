using Spectre.Console;
using Spectre.Console.Rendering;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>A table of trials with their parameters: the ranking, or all trials by number.</summary>
/// <remarks>
/// On a wide screen each parameter has its own column; otherwise all parameters of a trial are in one column and wrap.
/// </remarks>
internal static class TrialTable
{
    // The width of the border of a column.
    private const int Gap = 3;

    /// <summary>Creates the table for a screen width.</summary>
    /// <param name="ranked">Whether to show ranks.</param>
    public static IRenderable Create(SweepSpec spec, IReadOnlyList<RankedTrial> rows, bool ranked, int width)
    {
        var trials = rows.Select(row => row.Trial).ToList();
        var hasFronts = ranked && spec.Objectives.Count > 1;
        var names = Names(trials);
        var test = TestText.MetricBeside(spec, trials);
        var allCompleted = trials.All(t => t.State == TrialState.Completed);
        var rest = spec.Objectives.Select((o, i) => Math.Max((ranked ? BestText.Metric(spec, o) : o.Metric).Length, rows.Max(row => (int?)BestText.Value(row, i).Length) ?? 0) + Gap).Sum() + (hasFronts ? "front   ".Length : 0) + "  #   trial   epochs   seconds   ".Length + (allCompleted ? 0 : "completed   ".Length)
            + (test is null ? 0 : "test accuracy".Length + Gap);
        var ownColumns = rest + names.Sum(name => WidthOf(name, trials) + Gap) <= width;
        var table = new Table { Border = TableBorder.Simple };
        if (ranked)
        {
            AddColumn(table, "#").RightAligned();
        }

        AddColumn(table, "trial").RightAligned();
        if (hasFronts)
        {
            AddColumn(table, "front").RightAligned();
        }

        foreach (var objective in spec.Objectives)
        {
            AddColumn(table, ranked ? BestText.Metric(spec, objective) : objective.Metric).RightAligned();
        }

        if (test is not null)
        {
            AddColumn(table, "test_" + test).RightAligned();
        }

        AddColumn(table, "epochs").RightAligned();
        AddColumn(table, "seconds").RightAligned();
        if (!allCompleted)
        {
            AddColumn(table, "state");
        }

        if (ownColumns)
        {
            names.ForEach(name => AddColumn(table, name));
        }
        else
        {
            table.AddColumn(new TableColumn("[bold]parameters[/]"));
        }

        for (var i = 0; i < trials.Count; i++)
        {
            table.AddRow([.. Row(spec, rows[i], hasFronts, test, ranked ? i + 1 : null, allCompleted, ownColumns ? names : null).Select(cell => new Markup(cell))]);
        }

        return table;
    }

    private static IEnumerable<string> Row(
        SweepSpec spec, RankedTrial row, bool hasFronts, string? test, int? rank, bool withoutState, List<string>? names)
    {
        var trial = row.Trial;
        if (rank is { } r)
        {
            yield return r == 1 ? "[bold green]1[/]" : $"{r}";
        }

        yield return row.Replicates.Count == 1 ? TrialName.Of(spec, trial) : $"{trial.Number}";
        if (hasFronts)
        {
            yield return row.Front is { } front ? $"{front + 1}" : "";
        }

        for (var i = 0; i < spec.Objectives.Count; i++)
        {
            var value = BestText.Value(row, i);
            yield return rank == 1 ? $"[bold green]{value}[/]" : value;
        }

        if (test is not null)
        {
            yield return trial.TestMetrics is { } metrics ? Numbers.Metric(metrics.GetValueOrDefault(test)) : "";
        }

        yield return $"{trial.Resource}";
        yield return $"{trial.Seconds:0.0}";
        if (!withoutState)
        {
            yield return States.Markup(trial.State);
        }

        var parameters = ParameterText.Read(trial.Parameters);
        if (names is null)
        {
            yield return ParameterText.Markup(trial.Parameters);
            yield break;
        }

        foreach (var name in names)
        {
            yield return Markup.Escape(parameters.FirstOrDefault(p => p.Name == name).Value ?? "");
        }
    }

    private static int WidthOf(string parameter, IReadOnlyList<TrialRecord> trials) => trials
        .SelectMany(t => ParameterText.Read(t.Parameters))
        .Where(p => p.Name == parameter)
        .Aggregate(parameter.Length, (width, p) => Math.Max(width, p.Value.Length));

    // All parameters of the trials, in the order of their first appearance.
    private static List<string> Names(IReadOnlyList<TrialRecord> trials)
    {
        var names = new List<string>();
        foreach (var (name, _) in trials.SelectMany(t => ParameterText.Read(t.Parameters)))
        {
            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static TableColumn AddColumn(Table table, string header)
    {
        var column = new TableColumn($"[bold]{Markup.Escape(header)}[/]").NoWrap();
        table.AddColumn(column);
        return column;
    }
}
