using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep list</c>: lists the sweeps in the store.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = GlobalOptions.Json();
        var command = new Command("list", "List the sweeps in the store") { json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var sweeps = await store.ListSweepsAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(sweeps);
            }
            else if (sweeps.Count == 0)
            {
                Terminal.Info("no sweeps yet: sweep run SPEC starts one");
            }
            else
            {
                WriteTable(terminal, sweeps);
                foreach (var summary in sweeps.Where(summary => summary.Sweep.State is SweepState.Pending or SweepState.Running))
                {
                    var (_, spec) = await CommandHost.FindAsync(store, summary.Sweep.Name, CommandHost.Db(parsed), cancellationToken);
                    foreach (var reason in (await WaitingDiagnosis.ReadAsync(store, summary, spec, cancellationToken)).Reasons())
                    {
                        terminal.Display.MarkupLine($"{Markup.Escape(summary.Sweep.Name)}: [yellow]{Markup.Escape(reason)}[/]");
                    }
                }
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static void WriteTable(Terminal terminal, IReadOnlyList<SweepSummary> sweeps)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["sweep", "state", "trials", "created"])
        {
            table.AddColumn(new TableColumn($"[bold]{header}[/]").NoWrap());
        }

        foreach (var (sweep, counts) in sweeps)
        {
            table.AddRow(
                Markup.Escape(sweep.Name),
                States.Markup(sweep.State),
                StateCounts.Text(counts),
                sweep.CreatedAt.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        terminal.Display.Write(table);
    }

    private static void WriteJson(IReadOnlyList<SweepSummary> sweeps) => TrialJson.Write(json =>
    {
        json.WriteStartArray("sweeps");
        foreach (var (sweep, counts) in sweeps)
        {
            json.WriteStartObject();
            SweepJson.WriteFields(json, sweep, counts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
