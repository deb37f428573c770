using System.Globalization;
using Spectre.Console;
using Sweep.Search.Spec;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>A silo and its work, as text or JSON.</summary>
/// <param name="Running">Its running trials, by sweep and number.</param>
/// <param name="Coordinates">The names of the sweeps that it coordinates.</param>
internal sealed record SiloSummary(SiloStanding Standing, SiloHealth Health, IReadOnlyList<RunningTrialRecord> Running, IReadOnlyList<string> Coordinates)
{
    // Longer lists would not fit the screen.
    private const int MaxTrials = 8;

    private SiloRecord Silo => Standing.Silo;

    public static Table Table(IReadOnlyList<SiloSummary> silos)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["silo", "state", "heartbeat", "host", "pid", "slots", "labels"])
        {
            table.AddColumn(new TableColumn($"[bold]{header}[/]").NoWrap());
        }

        table.AddColumn(new TableColumn("[bold]work[/]"));
        foreach (var silo in silos)
        {
            table.AddRow(
                Markup.Escape(silo.Silo.Name),
                silo.State(),
                $"{Numbers.Duration(silo.Standing.SinceBeat)} ago",
                Markup.Escape(silo.Silo.Process.Host),
                silo.Silo.Process.Pid.ToString(CultureInfo.InvariantCulture),
                $"{silo.Running.Count}/{silo.Silo.Slots}",
                Markup.Escape(string.Join(", ", SiloLabels.Words(silo.Silo.Labels))),
                Markup.Escape(silo.Work()));
        }

        return table;
    }

    public static void WriteJson(IReadOnlyList<SiloSummary> silos) => TrialJson.Write(json =>
    {
        json.WriteStartArray("silos");
        foreach (var (standing, health, running, coordinates) in silos)
        {
            var silo = standing.Silo;
            json.WriteStartObject();
            json.WriteString("name", silo.Name);
            json.WriteString("state", States.Name(health));
            json.WriteString("host", silo.Process.Host);
            json.WriteNumber("pid", silo.Process.Pid);
            json.WriteString("registered_at", standing.RegisteredAt);
            json.WriteNumber("seconds_since_heard", standing.SinceBeat.TotalSeconds);
            json.WriteNumber("lease_seconds", silo.Lease.TotalSeconds);
            json.WriteBoolean("lease_is_over", standing.LeaseIsOver);
            json.WriteNumber("slots", silo.Slots);
            json.WriteStartArray("labels");
            foreach (var label in SiloLabels.Words(silo.Labels))
            {
                json.WriteStringValue(label);
            }

            json.WriteEndArray();
            if (SiloLabels.SweepOf(silo.Labels) is { } only)
            {
                json.WriteString("only_sweep", only);
            }

            json.WriteStartArray("running");
            foreach (var trial in running)
            {
                json.WriteStartObject();
                json.WriteString("sweep", trial.Sweep);
                json.WriteNumber("number", trial.Trial.Number);
                json.WriteNumber("replicate", trial.Trial.Replicate);
                json.WriteString("since", trial.ClaimedAt);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("coordinates");
            foreach (var sweep in coordinates)
            {
                json.WriteStringValue(sweep);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private string State() => Health switch
    {
        SiloHealth.Alive => "[green]alive[/]",
        SiloHealth.Silent => "[yellow]silent[/]",
        _ => "[red]dead[/]",
    };

    /// <summary>A line for the sweeps that it coordinates, and one for each trial: <c>a 12.1 since 12:03:04</c>.</summary>
    private string Work()
    {
        var lines = new List<string>();
        if (Coordinates.Count > 0)
        {
            lines.Add($"coordinates {string.Join(", ", Coordinates)}");
        }

        if (SiloLabels.SweepOf(Silo.Labels) is { } only && !Coordinates.Contains(only))
        {
            lines.Add($"only {only}");
        }

        lines.AddRange(Running.Take(MaxTrials).Select(trial =>
            $"{trial.Sweep} {trial.Trial.Number}.{trial.Trial.Replicate} since {trial.ClaimedAt.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}"));
        if (Running.Count > MaxTrials)
        {
            lines.Add($"… {Running.Count - MaxTrials} more");
        }

        return lines.Count == 0 ? "idle" : string.Join('\n', lines);
    }
}
