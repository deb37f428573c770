using System.Globalization;
using Spectre.Console;
using Sweep.Search.Spec;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>A silo and what it is doing, as people and programs read it.</summary>
/// <param name="Running">The trials that it runs, by sweep and number.</param>
/// <param name="Coordinates">The names of the sweeps that it coordinates.</param>
internal sealed record SiloPicture(SiloStanding Standing, SiloLife Life, IReadOnlyList<RunningTrialRecord> Running, IReadOnlyList<string> Coordinates)
{
    // A silo of many slots would fill the screen.
    private const int MostTrials = 8;

    private SiloRecord Silo => Standing.Silo;

    public static Table Table(IReadOnlyList<SiloPicture> silos)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in (string[])["silo", "state", "heard", "host", "pid", "slots", "labels"])
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

    public static void WriteJson(IReadOnlyList<SiloPicture> silos) => TrialJson.Write(json =>
    {
        json.WriteStartArray("silos");
        foreach (var (standing, life, running, coordinates) in silos)
        {
            var silo = standing.Silo;
            json.WriteStartObject();
            json.WriteString("name", silo.Name);
            json.WriteString("state", States.Name(life));
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

    private string State() => Life switch
    {
        SiloLife.Alive => "[green]alive[/]",
        SiloLife.Silent => "[yellow]silent[/]",
        _ => "[red]dead[/]",
    };

    /// <summary>A line for what it coordinates, and one for each trial: <c>a 12.1 since 12:03:04</c>.</summary>
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

        lines.AddRange(Running.Take(MostTrials).Select(trial =>
            $"{trial.Sweep} {trial.Trial.Number}.{trial.Trial.Replicate} since {trial.ClaimedAt.LocalDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}"));
        if (Running.Count > MostTrials)
        {
            lines.Add($"… {Running.Count - MostTrials} more");
        }

        return lines.Count == 0 ? "idle" : string.Join('\n', lines);
    }
}
