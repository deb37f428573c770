using System.Buffers;
using System.Text;
using System.Text.Json;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>
/// Lists and maps as the store keeps them: JSON, numbers in the shortest form that reads back to the same bits,
/// null for what is not finite.
/// </summary>
internal static class StoreJson
{
    public static string OfValues(IReadOnlyList<double?> values) => Write(values, static (writer, list) =>
    {
        writer.WriteStartArray();
        foreach (var value in list)
        {
            WriteNumber(writer, value);
        }

        writer.WriteEndArray();
    });

    public static string OfMetrics(IReadOnlyDictionary<string, double?> metrics) => Write(metrics, static (writer, map) =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            writer.WritePropertyName(name);
            WriteNumber(writer, value);
        }

        writer.WriteEndObject();
    });

    public static string OfTexts(IReadOnlyDictionary<string, string> texts) => Write(texts, static (writer, map) =>
    {
        writer.WriteStartObject();
        foreach (var (name, value) in map)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    });

    public static string OfPlaces(IReadOnlyCollection<TrialPlace> places) => Write(places, static (writer, list) =>
    {
        writer.WriteStartArray();
        foreach (var place in list)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(place.Number);
            writer.WriteNumberValue(place.Replicate);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    });

    public static IReadOnlyList<double?> ToValues(string json)
    {
        if (json.Length == 2)
        {
            return [];
        }

        var values = new List<double?>();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.Number or JsonTokenType.Null)
            {
                values.Add(Number(ref reader));
            }
        }

        return values;
    }

    public static IReadOnlyDictionary<string, double?> ToMetrics(string json)
    {
        var metrics = new OrderedDictionary<string, double?>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                metrics[name] = Number(ref reader);
            }
        }

        return metrics;
    }

    public static IReadOnlyDictionary<string, string> ToTexts(string json)
    {
        var texts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                texts[name] = reader.GetString()!;
            }
        }

        return texts;
    }

    private static double? Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();

    private static void WriteNumber(Utf8JsonWriter writer, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    private static string Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
