using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>The live view of a running sweep: progress, the best trial so far, and the running trials.</summary>
internal sealed class LiveView(string name, SweepSpec spec)
{
    private const int BarWidth = 30;

    // Longer tables would not fit the screen.
    private const int MaxRows = 20;

    /// <summary>Renders the view.</summary>
    /// <param name="notices">Lines below the table, such as reasons for waiting.</param>
    public IRenderable Render(
        IReadOnlyDictionary<TrialState, int> counts,
        IReadOnlyList<LiveTrial> running,
        RankedTrial? best,
        RunProgress progress,
        IReadOnlyList<string> notices)
    {
        var rows = new List<IRenderable>
        {
            new Markup($"[bold]{Markup.Escape(name)}[/]  [grey]{Markup.Escape(SpecText.OneLine(spec))}[/]"),
            Bar(running, progress),
            new Markup($"{StateCounts.Text(counts)} [grey]of {SpecText.Trials(spec)}[/]"),
            new Markup(Best(best)),
        };
        if (running.Count > 0)
        {
            rows.Add(Trials(running));
        }

        if (running.Count > MaxRows)
        {
            rows.Add(new Markup($"[grey]… and {running.Count - MaxRows} more[/]"));
        }

        rows.AddRange(notices.Select(notice => new Markup($"[yellow]{Markup.Escape(notice)}[/]")));
        return new Rows(rows);
    }

    private static Markup Bar(IReadOnlyList<LiveTrial> running, RunProgress progress)
    {
        var (share, left) = progress.Estimate(running);
        var full = (int)Math.Round(share * BarWidth);
        var time = left is { } l ? $", about {Numbers.Duration(l)} left" : "";
        return new Markup(
            $"[green]{new string('━', full)}[/][grey]{new string('─', BarWidth - full)}[/] {share * 100:0} %  {Numbers.Duration(progress.Elapsed)}{time}");
    }

    private string Best(RankedTrial? best) => best is { Trial.Values: [{ }, ..] }
        ? $"best {BestText.Values(spec, best, "bold green")}, trial {best.Trial.Number} after {best.Trial.Resource} epochs: {ParameterText.Markup(best.Trial.Parameters)}"
        : "[grey]no result yet[/]";

    private Table Trials(IReadOnlyList<LiveTrial> running)
    {
        var isLocal = running.All(trial => trial.Location is null);
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["trial", "epoch", spec.Objectives[0].Metric, .. isLocal ? (string[])["lr", "samples/s"] : ["silo", "since"]])
        {
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(header)}[/]").RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("[bold]parameters[/]"));
        foreach (var trial in running.Take(MaxRows))
        {
            var epoch = trial.Progress is { StepsPerEpoch: > 0 }
                ? trial.Epochs.ToString("0.0", CultureInfo.InvariantCulture)
                : $"{trial.Reached}";
            table.AddRow(
            [
                TrialName.Of(spec, trial.Trial),
                $"{epoch}/{trial.Trial.Granted}",
                Numbers.Metric(trial.Value),
                .. isLocal ? Speed(trial) : Location(trial),
                ParameterText.Markup(trial.Trial.Parameters),
            ]);
        }

        return table;
    }

    private static string[] Speed(LiveTrial trial) =>
    [
        trial.Progress is { } p ? Numbers.Parameter(p.LearningRate) : "",
        trial.Progress is { SamplesPerSecond: > 0 } q ? q.SamplesPerSecond.ToString("N0", CultureInfo.InvariantCulture) : "",
    ];

    private static string[] Location(LiveTrial trial) =>
    [
        Markup.Escape(trial.Location?.Silo ?? ""),
        trial.Location is { } location ? location.Since.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : "",
    ];
}
