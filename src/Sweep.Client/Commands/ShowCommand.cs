using System.CommandLine;
using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Client.Commands;

/// <summary><c>sweep show SWEEP</c>: state, progress, the best trial, and the spec.</summary>
internal static class ShowCommand
{
    // The limit keeps the command fast on large sweeps.
    private const int MaxTrialsRead = 10_000;

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var json = GlobalOptions.Json();
        var command = new Command("show", "Show a sweep: state, progress, the best trial, and its spec") { name, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var (sweep, spec) = await CommandHost.FindAsync(store, parsed.GetValue(name)!, CommandHost.Db(parsed), cancellationToken);
            var summary = await store.SummarizeAsync(sweep.Id, cancellationToken);
            var best = await SweepRankingQuery.RankAsync(store, spec, sweep.Id, 1, cancellationToken);
            var waiting = await WaitingDiagnosis.ReadAsync(store, summary, spec, cancellationToken);
            var profiles = await ListProfilesAsync(store, sweep, cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(waiting, best, profiles);
            }
            else
            {
                Write(terminal.Display, waiting, best, profiles, CommandHost.Db(parsed), store.IsLocal);
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>The numerics profiles of the trials.</summary>
    private static async Task<IReadOnlyList<string>> ListProfilesAsync(IStore store, SweepRecord sweep, CancellationToken cancellationToken)
    {
        var trials = await store.ListTrialsAsync(sweep.Id, 0, MaxTrialsRead, cancellationToken);
        return [.. trials.Select(trial => trial.NumericsProfile).Where(profile => profile.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static void Write(
        IAnsiConsole console, WaitingDiagnosis diagnosis, IReadOnlyList<RankedTrial> best, IReadOnlyList<string> profiles, string db, bool isStoreLocal)
    {
        var (sweep, counts) = diagnosis.Summary;
        var spec = diagnosis.Spec;
        console.MarkupLine($"[bold]{Markup.Escape(sweep.Name)}[/]  {States.Markup(sweep.State)}{Owner(sweep, db, isStoreLocal, diagnosis.Silos.Count > 0)}");
        var facts = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap()).AddColumn();
        facts.AddRow("search", Markup.Escape(SpecText.OneLine(spec)));
        if (SpecText.Schedule(spec) is { } schedule)
        {
            facts.AddRow("schedule", Markup.Escape(schedule));
        }

        facts.AddRow("trials", $"{StateCounts.Text(counts)}, {SpecText.Trials(spec)} in all");
        foreach (var reason in sweep.State == SweepState.Paused ? [] : diagnosis.Reasons())
        {
            facts.AddRow("", $"[yellow]{Markup.Escape(reason)}[/]");
        }

        if (counts.ContainsKey(TrialState.Poisoned))
        {
            facts.AddRow("", "[yellow]poisoned trials, and decisions of the search after them, are not reproducible[/]");
        }

        if (profiles.Count > 1)
        {
            facts.AddRow("", $"[yellow]its trials ran with {profiles.Count} numerics profiles: results may differ in the last bits[/]");
        }

        if (PlacementText(sweep.Placement) is { Length: > 0 } placement)
        {
            facts.AddRow("placed", Markup.Escape(placement));
        }

        if (best is [{ Trial: { Values: [{ }, ..] } winner } place])
        {
            facts.AddRow(
                "best",
                $"{BestText.Values(spec, place, "bold")}, trial {winner.Number} after {winner.Resource} epochs: {ParameterText.Markup(winner.Parameters)}");
            if (winner.TestMetrics is { } test)
            {
                facts.AddRow("test", $"[bold]{Markup.Escape(TestText.OneLine(test))}[/]");
                facts.AddRow("", "[grey]the value that selected it is optimistic; the test set was not used to select it[/]");
            }
            else
            {
                facts.AddRow("", "[grey]the value that selected it is optimistic: expect a slightly worse value on new data[/]");
            }
        }

        facts.AddRow("created", $"{sweep.CreatedAt.LocalDateTime:yyyy-MM-dd HH:mm:ss}{(sweep.FinishedAt is { } end ? $", finished {end.LocalDateTime:yyyy-MM-dd HH:mm:ss}" : "")}");
        facts.AddRow("spec", Markup.Escape(sweep.SpecFile));
        console.Write(facts);

        // Written without wrapping, so that it can be copied.
        Terminal.Info("");
        Terminal.Info(sweep.SpecText.TrimEnd());
    }

    /// <summary>The settings that differ from the defaults.</summary>
    private static string PlacementText(SweepPlacement placement)
    {
        var parts = new List<string>();
        if (placement.Priority != 0)
        {
            parts.Add($"priority {placement.Priority}");
        }

        if (placement.Slots is { } slots)
        {
            parts.Add(slots == 1 ? "at most 1 slot" : $"at most {slots} slots");
        }

        if (placement.Requires.Length > 0)
        {
            parts.Add($"requires {placement.Requires}");
        }

        if (placement.PoisonAfter != SweepPlacement.DefaultPoisonAfter)
        {
            parts.Add(placement.PoisonAfter == 0 ? "never poisoned" : $"poisoned after {placement.PoisonAfter} deaths");
        }

        return string.Join(", ", parts);
    }

    private static string Owner(SweepRecord sweep, string db, bool isStoreLocal, bool hasSilos)
    {
        if (sweep.State == SweepState.Running && sweep.Owner is { } owner)
        {
            var isGone = DeathProof.Of(owner.Process, ProcessIdentities.Current(), isStoreLocal, new ProcessTable()).IsProved;
            return !isGone ? $" by process {owner.Process.Pid} on {Markup.Escape(owner.Process.Host)}"
                : hasSilos ? $" [yellow]but process {owner.Process.Pid}, its coordinator, has ended: another silo takes over[/]"
                : $" [yellow]but process {owner.Process.Pid}, which ran it, has ended: sweep resume {Markup.Escape(sweep.Name + StoreName.Option(db))}[/]";
        }

        return sweep.StateReason.Length == 0 ? "" : $" ({Markup.Escape(sweep.StateReason)})";
    }

    private static void WriteJson(WaitingDiagnosis diagnosis, IReadOnlyList<RankedTrial> best, IReadOnlyList<string> profiles) => TrialJson.Write(json =>
    {
        var (summary, spec) = (diagnosis.Summary, diagnosis.Spec);
        SweepJson.WriteFields(json, summary.Sweep, summary.Counts);
        SweepJson.WritePlacement(json, summary.Sweep.Placement);
        SweepJson.WriteTexts(json, "waiting", diagnosis.Reasons());
        SweepJson.WriteTexts(json, "numerics_profiles", profiles);
        if (best is [var winner])
        {
            json.WriteStartObject("best");
            TrialJson.WriteTrial(json, winner.Trial);
            TrialJson.WriteRank(json, spec, winner);
            json.WriteEndObject();
        }

        json.WriteString("spec_file", summary.Sweep.SpecFile);
        json.WriteString("spec", summary.Sweep.SpecText);
    });
}
