using System.Globalization;
using Spectre.Console;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;

namespace Sweep.Client.Rendering;

/// <summary>A plan as text or JSON.</summary>
internal static class PlanText
{
    // Checkpoints are removed after this many ended trials.
    private const int BetweenRemovals = 256;

    private const int BestKept = 10;

    public static void Write(IAnsiConsole console, SweepSpec spec, SearchPlan plan, Calibration? calibration, int slots)
    {
        console.MarkupLine($"[bold]{Markup.Escape(spec.Name)}[/]  [grey]{Markup.Escape(SpecText.OneLine(spec))}[/]");
        var facts = new Grid().AddColumn(new GridColumn().Padding(2, 0, 2, 0).NoWrap()).AddColumn();
        facts.AddRow("space", plan.SpaceSize is { } size ? $"{size.ToString("N0", CultureInfo.InvariantCulture)} configurations" : "infinite");
        facts.AddRow("trials", Markup.Escape(SpecText.Trials(spec)));
        for (var i = 0; i < plan.Brackets.Count; i++)
        {
            facts.AddRow(i == 0 ? "rungs" : "", Markup.Escape(Rungs(plan.Brackets[i])));
        }

        var epochs = plan.Epochs.ToString("N0", CultureInfo.InvariantCulture);
        facts.AddRow(
            "epochs",
            $"{(plan.IsExact ? epochs : spec.Search.Pruner is { ExceedsPlan: true } ? $"about {epochs}" : $"at most {epochs}")}"
            + (plan.FullEpochs > plan.Epochs ? $" [grey](without pruning: {plan.FullEpochs.ToString("N0", CultureInfo.InvariantCulture)})[/]" : ""));
        if (calibration is not null)
        {
            var busy = Busy(spec, slots);
            facts.AddRow(
                "time",
                $"about {Numbers.Duration(Time(plan, calibration, busy))} on {(busy == 1 ? "1 slot" : $"{busy} slots")} [grey]({Numbers.Duration(TimeSpan.FromSeconds(calibration.SecondsPerEpoch))} per epoch, measured on {calibration.Configurations} configurations)[/]");
            facts.AddRow(
                "disk",
                $"at most {Megabytes(Bytes(spec, plan, calibration, slots))} of checkpoints [grey]({Megabytes(calibration.CheckpointBytes)} each; {Megabytes(Kept(spec) * calibration.CheckpointBytes)} stay)[/]");
        }

        console.Write(facts);
        if (SpecText.UnusedSlots(spec, slots) is { } unused)
        {
            console.MarkupLine($"[yellow]{Markup.Escape(unused)}[/]");
        }
    }

    public static void WriteJson(SweepSpec spec, SearchPlan plan, Calibration? calibration, int slots) => TrialJson.Write(json =>
    {
        json.WriteString("sweep", spec.Name);
        json.WritePropertyName("space");
        json.WriteRawValue(plan.SpaceSize is { } size ? size.ToString(CultureInfo.InvariantCulture) : "null");
        json.WriteNumber("trials", plan.Trials);
        json.WriteNumber("replicates", plan.Replicates);
        json.WriteStartArray("brackets");
        foreach (var bracket in plan.Brackets)
        {
            json.WriteStartObject();
            json.WriteString("name", bracket.Name);
            json.WriteNumber("repeats", bracket.Repeats);
            json.WriteStartArray("rungs");
            for (var i = 0; i < bracket.Rungs.Count; i++)
            {
                json.WriteStartObject();
                json.WriteNumber("resource", bracket.Rungs[i]);
                json.WriteNumber("configurations", bracket.Sizes[i]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("epochs", plan.Epochs);
        json.WriteBoolean("epochs_are_exact", plan.IsExact);
        json.WriteNumber("full_epochs", plan.FullEpochs);
        json.WriteNumber("slots", Busy(spec, slots));
        if (calibration is not null)
        {
            json.WriteNumber("seconds_per_epoch", calibration.SecondsPerEpoch);
            json.WriteNumber("seconds", Time(plan, calibration, Busy(spec, slots)).TotalSeconds);
            json.WriteNumber("checkpoint_bytes", (long)calibration.CheckpointBytes);
            json.WriteNumber("disk_bytes", (long)Bytes(spec, plan, calibration, slots));
        }
    });

    /// <summary><c>s=3: 34 to 3 epochs, 11 to 9, 3 to 27, 1 to 81</c></summary>
    private static string Rungs(PlannedBracket bracket)
    {
        var rungs = string.Join(", ", bracket.Rungs.Select((rung, i) => $"{bracket.Sizes[i]} to {rung}{(i == 0 ? (rung == 1 ? " epoch" : " epochs") : "")}"));
        return (bracket.Name.Length > 0 ? bracket.Name + ": " : "") + rungs + (bracket.Repeats > 1 ? $"  ({bracket.Repeats} times)" : "");
    }

    private static int Busy(SweepSpec spec, int slots) => (int)Math.Min(slots, spec.UsableSlots ?? slots);

    private static TimeSpan Time(SearchPlan plan, Calibration calibration, int slots) => TimeSpan.FromSeconds(plan.Epochs * calibration.SecondsPerEpoch / slots);

    private static int Kept(SweepSpec spec) => Math.Min(spec.Search.Trials, Math.Max(BestKept, spec.TestTop)) * spec.Replicates.Count;

    /// <summary>Paused trials keep their checkpoint until they are decided; of the ended trials, the best keep theirs, and those since the last removal.</summary>
    private static double Bytes(SweepSpec spec, SearchPlan plan, Calibration calibration, int slots)
    {
        var all = (long)plan.Trials * plan.Replicates;
        var many = spec.Search.Pruner is null ? Math.Min(all, Kept(spec) + BetweenRemovals + slots) : all;
        return many * calibration.CheckpointBytes;
    }

    private static string Megabytes(double bytes) => bytes < 1e9
        ? (bytes / 1e6).ToString(bytes < 1e7 ? "0.0" : "0", CultureInfo.InvariantCulture) + " MB"
        : (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB";
}
