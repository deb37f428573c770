using System.Text.Json;
using Sweep.Client.Interaction;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>The JSON of <c>best</c>, <c>trials</c> and <c>trial</c>: one document on standard output.</summary>
internal static class TrialJson
{
    public static void Write(SweepRecord sweep, SweepSpec spec, IReadOnlyList<TrialRecord> trials) =>
        Write(json =>
        {
            WriteHead(json, sweep, spec);
            json.WriteStartArray("trials");
            foreach (var trial in trials)
            {
                json.WriteStartObject();
                WriteTrial(json, trial);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>A ranking of configurations, with their replicates.</summary>
    public static void WriteRanking(SweepRecord sweep, SweepSpec spec, IReadOnlyList<RankedTrial> ranking) =>
        Write(json =>
        {
            WriteHead(json, sweep, spec);
            json.WriteStartArray("trials");
            foreach (var ranked in ranking)
            {
                json.WriteStartObject();
                WriteTrial(json, ranked.Trial);
                WriteRank(json, spec, ranked);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>A trial with its reports and events; all replicates in one document.</summary>
    public static void Write(
        SweepRecord sweep, SweepSpec spec, IReadOnlyList<(TrialRecord Trial, IReadOnlyList<ReportRecord> Reports)> replicates, IReadOnlyList<EventRecord> history) =>
        Write(json =>
        {
            WriteHead(json, sweep, spec);
            if (spec.Replicates.Count == 1)
            {
                WriteWithReports(json, replicates[0].Trial, replicates[0].Reports);
            }
            else
            {
                json.WriteNumber("number", replicates[0].Trial.Number);
                json.WriteStartArray("replicates");
                foreach (var (trial, reports) in replicates)
                {
                    json.WriteStartObject();
                    WriteWithReports(json, trial, reports);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteStartArray("history");
            foreach (var line in history)
            {
                json.WriteStartObject();
                json.WriteString("at", line.At);
                json.WriteString("kind", line.Kind);
                json.WriteString("text", line.Text);
                json.WriteString("silo", line.Silo);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });

    /// <summary>One indented document on standard output.</summary>
    public static void Write(Action<Utf8JsonWriter> content)
    {
        using var data = Terminal.OpenData();
        using (var json = new Utf8JsonWriter(data, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        data.WriteByte((byte)'\n');
    }

    private static void WriteWithReports(Utf8JsonWriter json, TrialRecord trial, IReadOnlyList<ReportRecord> reports)
    {
        WriteTrial(json, trial);
        json.WriteStartArray("reports");
        foreach (var report in reports)
        {
            json.WriteStartObject();
            json.WriteNumber("step", report.Step);
            WriteValues(json, report.Values);
            WriteMetrics(json, "metrics", report.Metrics);
            WriteNumber(json, "learning_rate", report.LearningRate);
            json.WriteNumber("seconds", report.Seconds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHead(Utf8JsonWriter json, SweepRecord sweep, SweepSpec spec)
    {
        json.WriteString("sweep", sweep.Name);
        json.WriteStartArray("objectives");
        foreach (var objective in spec.Objectives)
        {
            json.WriteStartObject();
            json.WriteString("metric", objective.Metric);
            json.WriteString("goal", States.Name(objective.Goal));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void WriteTrial(Utf8JsonWriter json, TrialRecord trial)
    {
        json.WriteNumber("number", trial.Number);
        json.WriteNumber("replicate", trial.Replicate);
        json.WriteString("state", States.Name(trial.State));
        if (trial.Reason.Length > 0)
        {
            json.WriteString("reason", trial.Reason);
        }

        WriteValues(json, trial.Values);
        if (trial.TestMetrics is { } test)
        {
            WriteMetrics(json, "test", test);
        }

        json.WriteNumber("resource", trial.Resource);
        json.WritePropertyName("parameters");
        json.WriteRawValue(trial.Parameters);
        json.WriteNumber("seconds", trial.Seconds);
        json.WriteNumber("attempts", trial.Attempt);
        json.WriteString("numerics_profile", trial.NumericsProfile);
    }

    /// <summary>The ranking fields of a configuration: its front, its deviations and its replicates.</summary>
    internal static void WriteRank(Utf8JsonWriter json, SweepSpec spec, RankedTrial ranked)
    {
        if (ranked.Front is { } front)
        {
            json.WriteNumber("front", front + 1);
        }

        if (spec.Replicates.Count == 1)
        {
            return;
        }

        WriteNumbers(json, "deviations", ranked.Deviations);
        json.WriteStartArray("replicates");
        foreach (var replicate in ranked.Replicates)
        {
            json.WriteStartObject();
            WriteTrial(json, replicate);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMetrics(Utf8JsonWriter json, string property, IReadOnlyDictionary<string, double?> metrics)
    {
        json.WriteStartObject(property);
        foreach (var (name, value) in metrics)
        {
            json.WritePropertyName(name);
            WriteNumber(json, value);
        }

        json.WriteEndObject();
    }

    // Function sweeps have no learning rate.
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsNaN(value))
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<double?> values) => WriteNumbers(json, "values", values);

    private static void WriteNumbers(Utf8JsonWriter json, string property, IReadOnlyList<double?> values)
    {
        json.WriteStartArray(property);
        foreach (var value in values)
        {
            WriteNumber(json, value);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
