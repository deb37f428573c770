using System.Text.Json;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>The JSON fields of a sweep in <c>list</c> and <c>show</c>.</summary>
internal static class SweepJson
{
    public static void WriteFields(Utf8JsonWriter json, SweepRecord sweep, IReadOnlyDictionary<TrialState, int> counts)
    {
        json.WriteString("sweep", sweep.Name);
        json.WriteString("state", States.Name(sweep.State));
        if (sweep.StateReason.Length > 0)
        {
            json.WriteString("reason", sweep.StateReason);
        }

        json.WriteString("created_at", sweep.CreatedAt);
        if (sweep.FinishedAt is { } finished)
        {
            json.WriteString("finished_at", finished);
        }

        if (sweep.Owner is { } owner)
        {
            json.WriteStartObject("owner");
            json.WriteString("host", owner.Process.Host);
            json.WriteNumber("pid", owner.Process.Pid);
            json.WriteEndObject();
        }

        json.WriteStartObject("trials_by_state");
        foreach (var (state, count) in counts.OrderBy(c => c.Key))
        {
            json.WriteNumber(States.Name(state), count);
        }

        json.WriteEndObject();
    }

    public static void WritePlacement(Utf8JsonWriter json, SweepPlacement placement)
    {
        json.WriteNumber("priority", placement.Priority);
        if (placement.Slots is { } slots)
        {
            json.WriteNumber("slots", slots);
        }
        else
        {
            json.WriteNull("slots");
        }

        json.WriteString("requires", placement.Requires);
        json.WriteNumber("poison_after", placement.PoisonAfter);
    }

    public static void WriteTexts(Utf8JsonWriter json, string property, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(property);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
