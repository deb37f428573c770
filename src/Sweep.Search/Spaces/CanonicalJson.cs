using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sweep.Search.Spaces;

/// <summary>The one way values are written to the store: no spaces, shortest numbers that round-trip, only what JSON requires is escaped.</summary>
public static class CanonicalJson
{
    public static void Append(StringBuilder text, ParameterValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Text:
                AppendQuoted(text, value.AsText);
                break;
            case ValueKind.Integer:
                text.Append(value.AsInteger.ToString(CultureInfo.InvariantCulture));
                break;
            case ValueKind.Real:
                AppendReal(text, value.AsReal);
                break;
            case ValueKind.Boolean:
                text.Append(value.AsBoolean ? "true" : "false");
                break;
            default:
                AppendList(text, value.AsList);
                break;
        }
    }

    public static void AppendQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c < ' ' || char.IsSurrogate(c))
            {
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(c);
            }
        }

        text.Append('"');
    }

    /// <summary>Reads the value that the reader stands on.</summary>
    public static ParameterValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return ParameterValue.Of(reader.GetString()!);
            case JsonTokenType.True:
            case JsonTokenType.False:
                return ParameterValue.Of(reader.GetBoolean());
            case JsonTokenType.Number:
                return reader.ValueSpan.IndexOfAny("."u8[0], "e"u8[0], "E"u8[0]) >= 0
                    ? reader.GetDouble() is var real && double.IsFinite(real) ? ParameterValue.Of(real) : throw new FormatException("a parameter's value is finite")
                    : ParameterValue.Of(reader.GetInt64());
            case JsonTokenType.StartArray:
                var values = new List<ParameterValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    values.Add(Read(ref reader));
                }

                return ParameterValue.Of(values);
            default:
                throw new FormatException($"a parameter's value is text, a number, true, false or a list, not {reader.TokenType}");
        }
    }

    private static void AppendReal(StringBuilder text, double value)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        text.Append(digits);
        if (!digits.AsSpan().ContainsAny('.', 'E'))
        {
            text.Append(".0");
        }
    }

    private static void AppendList(StringBuilder text, IReadOnlyList<ParameterValue> values)
    {
        text.Append('[');
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            Append(text, values[i]);
        }

        text.Append(']');
    }
}
