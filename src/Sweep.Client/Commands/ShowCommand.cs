using System.CommandLine;
using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Grains.Ranking;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;
using Sweep.Silo.Leases;

namespace Sweep.Client.Commands;

/// <summary><c>sweep show SWEEP</c>: state, progress, the best trial, and the spec.</summary>
internal static class ShowCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var json = GlobalOptions.Json();
        var command = new Command("show", "Show a sweep: state, progress, the best trial, and its spec") { name, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ReadAsync(parsed, async store =>
        {
            var (sweep, spec) = await CommandHost.FindAsync(store, parsed.GetValue(name)!, parsed.GetValue(GlobalOptions.Db)!, cancellationToken);
            var summary = await store.SummarizeAsync(sweep.Id, cancellationToken);
            var best = await SweepRanking.RankAsync(store, spec, sweep.Id, 1, cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(summary, spec, best);
            }
            else
            {
                Write(terminal.People, summary, spec, best, parsed.GetValue(GlobalOptions.Db)!);
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Write(IAnsiConsole people, SweepSummary summary, SweepSpec spec, IReadOnlyList<RankedTrial> best, string db)
    {
        var (sweep, counts) = summary;
        people.MarkupLine($"[bold]{Markup.Escape(sweep.Name)}[/]  {States.Markup(sweep.State)}{Why(sweep, db)}");
        var facts = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap()).AddColumn();
        facts.AddRow("search", Markup.Escape(SpecText.OneLine(spec)));
        if (SpecText.Schedule(spec) is { } schedule)
        {
            facts.AddRow("schedule", Markup.Escape(schedule));
        }

        facts.AddRow("trials", $"{StateCounts.Text(counts)}, {SpecText.Trials(spec)} in all");
        if (best is [{ Trial: { Values: [{ }, ..] } winner } place])
        {
            facts.AddRow(
                "best",
                $"{BestText.Values(spec, place, "bold")}, trial {winner.Number} after {winner.Resource} epochs: {ParameterText.Markup(winner.Parameters)}");
            if (winner.TestMetrics is { } test)
            {
                facts.AddRow("test", $"[bold]{Markup.Escape(TestText.OneLine(test))}[/]");
                facts.AddRow("", "[grey]the value that selected it is optimistic; the test set had no say in it[/]");
            }
            else
            {
                facts.AddRow("", "[grey]the value that selected it is optimistic: expect a little less on new data[/]");
            }
        }

        facts.AddRow("created", $"{sweep.CreatedAt.LocalDateTime:yyyy-MM-dd HH:mm:ss}{(sweep.FinishedAt is { } end ? $", finished {end.LocalDateTime:yyyy-MM-dd HH:mm:ss}" : "")}");
        facts.AddRow("spec", Markup.Escape(sweep.SpecFile));
        people.Write(facts);

        // As it was written: wrapped by the terminal, if at all, so that it can be copied.
        Terminal.Say("");
        Terminal.Say(sweep.SpecText.TrimEnd());
    }

    private static string Why(SweepRecord sweep, string db)
    {
        if (sweep.State == SweepState.Running && sweep.Owner is { } owner)
        {
            return DeathProof.Of(owner.Process, ProcessIdentities.Current(), isStoreLocal: true, new ProcessTable()).IsProved
                ? $" [yellow]but process {owner.Process.Pid} that ran it is gone: sweep resume {Markup.Escape(sweep.Name)}{DbOption(db)}[/]"
                : $" by process {owner.Process.Pid} on {Markup.Escape(owner.Process.Host)}";
        }

        return sweep.StateReason.Length == 0 ? "" : $" ({Markup.Escape(sweep.StateReason)})";
    }

    private static string DbOption(string db) => db == "sweep.db" ? "" : $" --db {Markup.Escape(db)}";

    private static void WriteJson(SweepSummary summary, SweepSpec spec, IReadOnlyList<RankedTrial> best) => TrialJson.Write(json =>
    {
        SweepJson.WriteFields(json, summary.Sweep, summary.Counts);
        if (best is [var winner])
        {
            json.WriteStartObject("best");
            TrialJson.WriteTrial(json, winner.Trial);
            TrialJson.WritePlace(json, spec, winner);
            json.WriteEndObject();
        }

        json.WriteString("spec_file", summary.Sweep.SpecFile);
        json.WriteString("spec", summary.Sweep.SpecText);
    });
}
