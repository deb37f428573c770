using Spectre.Console;
using Spectre.Console.Rendering;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;

namespace Sweep.Client.Rendering;

/// <summary>A table of trials with their parameters: the ranking, or all of them by number.</summary>
internal static class TrialTable
{
    // Wide enough for a column of its own for each parameter; below it they share one.
    private const int WideAt = 120;

    /// <summary>The table, as wide as its columns want, one for each parameter where there is room.</summary>
    /// <param name="ranked">Whether to number the rows as ranks.</param>
    public static IRenderable Create(SweepSpec spec, IReadOnlyList<TrialRecord> trials, bool ranked, int width)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        if (ranked)
        {
            table.AddColumn(Column("#").RightAligned());
        }

        table.AddColumn(Column("trial").RightAligned());
        foreach (var objective in spec.Objectives)
        {
            table.AddColumn(Column(Markup.Escape(objective.Metric)).RightAligned());
        }

        table.AddColumn(Column("epochs").RightAligned());
        table.AddColumn(Column("state"));
        table.AddColumn(Column("seconds").RightAligned());
        var names = Names(trials);
        var wide = width >= WideAt && names.Count <= (width - 50) / 14;
        if (wide)
        {
            names.ForEach(name => table.AddColumn(Column(Markup.Escape(name))));
        }
        else
        {
            table.AddColumn(new TableColumn("[bold]parameters[/]"));
        }

        for (var i = 0; i < trials.Count; i++)
        {
            table.AddRow([.. Row(spec, trials[i], ranked ? i + 1 : null, wide ? names : null).Select(cell => new Markup(cell))]);
        }

        return table;
    }

    private static IEnumerable<string> Row(SweepSpec spec, TrialRecord trial, int? rank, List<string>? names)
    {
        if (rank is { } r)
        {
            yield return r == 1 ? "[bold green]1[/]" : $"{r}";
        }

        yield return trial.Replicate == 0 ? $"{trial.Number}" : $"{trial.Number}.{trial.Replicate}";
        for (var i = 0; i < spec.Objectives.Count; i++)
        {
            yield return Numbers.Metric(i < trial.Values.Count ? trial.Values[i] : null);
        }

        yield return $"{trial.Resource}";
        yield return States.Markup(trial.State);
        yield return $"{trial.Seconds:0.0}";
        var parameters = ParameterText.Read(trial.Parameters);
        if (names is null)
        {
            yield return string.Join("[grey] · [/]", parameters.Select(p => $"[grey]{Markup.Escape(p.Name)}[/] {Markup.Escape(p.Value)}"));
        }
        else
        {
            foreach (var name in names)
            {
                yield return Markup.Escape(parameters.FirstOrDefault(p => p.Name == name).Value ?? "");
            }
        }
    }

    // Every parameter that one of the trials has, in the order of the first that has it.
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

    private static TableColumn Column(string header) => new TableColumn($"[bold]{header}[/]").NoWrap();
}
