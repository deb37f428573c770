using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Sweep.Grains.Ranking;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;
using Sweep.Silo.Hosting;

namespace Sweep.Client.Rendering;

/// <summary>The live picture of a running sweep: progress, the best so far, and what each slot is training.</summary>
internal sealed class LivePicture(SweepRecord sweep, SweepSpec spec)
{
    private const int BarWidth = 30;

    public IRenderable Render(
        IReadOnlyDictionary<TrialState, int> counts,
        IReadOnlyList<RunningTrial> running,
        RankedTrial? best,
        RunProgress progress,
        bool stopping)
    {
        var rows = new List<IRenderable>
        {
            new Markup($"[bold]{Markup.Escape(sweep.Name)}[/]  [grey]{Markup.Escape(SpecText.OneLine(spec))}[/]"),
            Bar(running, progress),
            new Markup($"{StateCounts.Text(counts)} [grey]of {SpecText.Trials(spec)}[/]"),
            new Markup(Best(best)),
            Slots(running),
        };
        if (stopping)
        {
            rows.Add(new Markup("[yellow]stopping: running trials are being saved (Ctrl-C once more stops at once)[/]"));
        }

        return new Rows(rows);
    }

    private static Markup Bar(IReadOnlyList<RunningTrial> running, RunProgress progress)
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

    private Table Slots(IReadOnlyList<RunningTrial> running)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["trial", "epoch", spec.Objectives[0].Metric, "lr", "samples/s"])
        {
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(header)}[/]").RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("[bold]parameters[/]"));
        foreach (var trial in running)
        {
            var progress = trial.Progress;
            var epoch = progress is { StepsPerEpoch: > 0 } p
                ? (p.Epoch + ((double)p.Step / p.StepsPerEpoch)).ToString("0.0", CultureInfo.InvariantCulture)
                : $"{trial.Trial.Resource}";
            table.AddRow(
                TrialName.Of(spec, trial.Trial),
                $"{epoch}/{trial.Trial.Granted}",
                Numbers.Metric(trial.LastReport?.Values[0]),
                progress is null ? "" : Numbers.Parameter(progress.LearningRate),
                progress is { SamplesPerSecond: > 0 } ? progress.SamplesPerSecond.ToString("N0", CultureInfo.InvariantCulture) : "",
                ParameterText.Markup(trial.Trial.Parameters));
        }

        return table;
    }
}
