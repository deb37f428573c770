using System.CommandLine;
using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep trial SWEEP NUMBER</c>: shows one trial, epoch by epoch.</summary>
internal static class TrialCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var number = WholeNumber.Argument("NUMBER", "The trial's number, from 0", 0);
        var json = GlobalOptions.Json();
        var command = new Command("trial", "Show one trial, epoch by epoch") { name, number, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var (sweep, spec) = await CommandHost.FindAsync(store, parsed.GetValue(name)!, CommandHost.Db(parsed), cancellationToken);
            var trials = await store.FindTrialsAsync(sweep.Id, parsed.GetValue(number), cancellationToken);
            if (trials.Count == 0)
            {
                var count = (await store.SummarizeAsync(sweep.Id, cancellationToken)).Counts.Values.Sum();
                throw new NotFoundException(count == 0
                    ? $"sweep {sweep.Name} has no trial {parsed.GetValue(number)}: it has none yet"
                    : $"sweep {sweep.Name} has no trial {parsed.GetValue(number)}: its trials are 0 to {(count / spec.Replicates.Count) - 1}");
            }

            var replicates = new List<(TrialRecord Trial, IReadOnlyList<ReportRecord> Reports)>(trials.Count);
            foreach (var trial in trials)
            {
                replicates.Add((trial, await store.ListReportsAsync(trial.Id, cancellationToken)));
            }

            var history = await store.ListTrialEventsAsync(sweep.Id, trials[0].Number, cancellationToken);
            if (parsed.GetValue(json))
            {
                TrialJson.Write(sweep, spec, replicates, history);
                return ExitCodes.Success;
            }

            foreach (var (trial, reports) in replicates)
            {
                Write(terminal.Display, TrialName.Of(spec, trial), trial, reports);
            }

            Write(terminal.Display, history);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Write(IAnsiConsole console, string name, TrialRecord trial, IReadOnlyList<ReportRecord> reports)
    {
        console.MarkupLine(
            $"[bold]trial {name}[/]  {States.Markup(trial.State)}{(trial.Reason.Length > 0 ? $" ({Markup.Escape(trial.Reason)})" : "")}, {trial.Resource} of {trial.Granted} epochs, {trial.Seconds:0.0} s, attempt {trial.Attempt}");
        var parameters = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap()).AddColumn();
        foreach (var (parameter, value) in ParameterText.Read(trial.Parameters))
        {
            parameters.AddRow(Markup.Escape(parameter), $"[bold]{Markup.Escape(value)}[/]");
        }

        console.Write(parameters);
        if (trial.TestMetrics is { } test)
        {
            console.MarkupLine($"  on the test set  [bold]{Markup.Escape(TestText.OneLine(test))}[/]");
        }

        if (reports.Count == 0)
        {
            console.MarkupLine("  [grey]nothing reported yet[/]");
            return;
        }

        var metrics = reports[^1].Metrics.Keys.ToList();
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["epoch", .. metrics, "learning rate", "seconds"])
        {
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(header)}[/]").RightAligned().NoWrap());
        }

        foreach (var report in reports)
        {
            table.AddRow(
            [
                $"{report.Step}",
                .. metrics.Select(m => Numbers.Metric(report.Metrics.GetValueOrDefault(m))),
                double.IsNaN(report.LearningRate) ? "-" : Numbers.Parameter(report.LearningRate),
                $"{report.Seconds:0.00}",
            ]);
        }

        console.Write(table);
    }

    /// <summary>The events of the trial: promotions, dead silos, claims that resumed from a checkpoint.</summary>
    private static void Write(IAnsiConsole console, IReadOnlyList<EventRecord> history)
    {
        if (history.Count == 0)
        {
            return;
        }

        console.MarkupLine("[bold]history[/]");
        var lines = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var line in history)
        {
            var where = line.Silo.Length > 0 ? $" [grey]({Markup.Escape(line.Silo)})[/]" : "";
            lines.AddRow($"[grey]{line.At.ToLocalTime():yyyy-MM-dd HH:mm:ss}[/]", Markup.Escape(line.Kind), Markup.Escape(line.Text) + where);
        }

        console.Write(lines);
    }
}
