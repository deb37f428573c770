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
    // Reading more to compare their profiles would take longer than people wait for it.
    private const int MostTrialsRead = 10_000;

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
            var waiting = await WaitingPicture.ReadAsync(store, summary, spec, cancellationToken);
            var profiles = await ListProfilesAsync(store, sweep, cancellationToken);
            if (parsed.GetValue(json))
            {
                WriteJson(waiting, best, profiles);
            }
            else
            {
                Write(terminal.People, waiting, best, profiles, CommandHost.Db(parsed), store.IsLocal);
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    /// <summary>The numerics profiles that trials computed with.</summary>
    private static async Task<IReadOnlyList<string>> ListProfilesAsync(IStore store, SweepRecord sweep, CancellationToken cancellationToken)
    {
        var trials = await store.ListTrialsAsync(sweep.Id, 0, MostTrialsRead, cancellationToken);
        return [.. trials.Select(trial => trial.NumericsProfile).Where(profile => profile.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static void Write(
        IAnsiConsole people, WaitingPicture picture, IReadOnlyList<RankedTrial> best, IReadOnlyList<string> profiles, string db, bool isStoreLocal)
    {
        var (sweep, counts) = picture.Summary;
        var spec = picture.Spec;
        people.MarkupLine($"[bold]{Markup.Escape(sweep.Name)}[/]  {States.Markup(sweep.State)}{Why(sweep, db, isStoreLocal, picture.Silos.Count > 0)}");
        var facts = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap()).AddColumn();
        facts.AddRow("search", Markup.Escape(SpecText.OneLine(spec)));
        if (SpecText.Schedule(spec) is { } schedule)
        {
            facts.AddRow("schedule", Markup.Escape(schedule));
        }

        facts.AddRow("trials", $"{StateCounts.Text(counts)}, {SpecText.Trials(spec)} in all");
        foreach (var reason in sweep.State == SweepState.Paused ? [] : picture.Reasons())
        {
            facts.AddRow("", $"[yellow]{Markup.Escape(reason)}[/]");
        }

        if (counts.ContainsKey(TrialState.Poisoned))
        {
            facts.AddRow("", "[yellow]poisoned trials, and what the search decided after them, are outside the promise of the same answer[/]");
        }

        if (profiles.Count > 1)
        {
            facts.AddRow("", $"[yellow]its trials come from {profiles.Count} numerics profiles: their last bits may differ[/]");
        }

        if (Placed(sweep.Placement) is { Length: > 0 } placed)
        {
            facts.AddRow("placed", Markup.Escape(placed));
        }

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

    /// <summary>What of it is not as by default.</summary>
    private static string Placed(SweepPlacement placement)
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

    private static string Why(SweepRecord sweep, string db, bool isStoreLocal, bool hasSilos)
    {
        if (sweep.State == SweepState.Running && sweep.Owner is { } owner)
        {
            var isGone = DeathProof.Of(owner.Process, ProcessIdentities.Current(), isStoreLocal, new ProcessTable()).IsProved;
            return !isGone ? $" by process {owner.Process.Pid} on {Markup.Escape(owner.Process.Host)}"
                : hasSilos ? $" [yellow]but process {owner.Process.Pid} that coordinated it is gone: others take over[/]"
                : $" [yellow]but process {owner.Process.Pid} that ran it is gone: sweep resume {Markup.Escape(sweep.Name + StoreName.Option(db))}[/]";
        }

        return sweep.StateReason.Length == 0 ? "" : $" ({Markup.Escape(sweep.StateReason)})";
    }

    private static void WriteJson(WaitingPicture picture, IReadOnlyList<RankedTrial> best, IReadOnlyList<string> profiles) => TrialJson.Write(json =>
    {
        var (summary, spec) = (picture.Summary, picture.Spec);
        SweepJson.WriteFields(json, summary.Sweep, summary.Counts);
        SweepJson.WritePlacement(json, summary.Sweep.Placement);
        SweepJson.WriteTexts(json, "waiting", picture.Reasons());
        SweepJson.WriteTexts(json, "numerics_profiles", profiles);
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
