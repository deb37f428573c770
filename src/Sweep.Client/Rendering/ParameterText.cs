using System.Text.Json;

namespace Sweep.Client.Rendering;

/// <summary>A configuration as a person reads it.</summary>
internal static class ParameterText
{
    /// <summary><c>optimizer=adam lr=0.00213 schedule=cosine</c></summary>
    public static string OneLine(string parametersJson) =>
        string.Join(' ', Read(parametersJson).Select(p => $"{p.Name}={p.Value}"));

    /// <summary>The same, escaped for markup; of one style, so that it is wrapped between parameters only.</summary>
    public static string Markup(string parametersJson) => Spectre.Console.Markup.Escape(OneLine(parametersJson));

    /// <summary>Names and values, in the spec's order.</summary>
    public static IReadOnlyList<(string Name, string Value)> Read(string parametersJson)
    {
        using var document = JsonDocument.Parse(parametersJson);
        return [.. document.RootElement.EnumerateObject().Select(p => (p.Name, Text(p.Value)))];
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => Numbers.Parameter(value.GetDouble()),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Text)) + "]",
        _ => value.GetRawText(),
    };
}
