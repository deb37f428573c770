using System.Text.Json;

namespace Sweep.Client.Rendering;

/// <summary>A human-readable configuration.</summary>
internal static class ParameterText
{
    /// <summary><c>optimizer=adam lr=0.00213 schedule=cosine</c></summary>
    public static string OneLine(string parametersJson) =>
        string.Join(' ', Read(parametersJson).Select(p => $"{p.Name}={p.Value}"));

    /// <summary>The same, escaped for markup, in one style so that lines wrap between parameters only.</summary>
    public static string Markup(string parametersJson) => Spectre.Console.Markup.Escape(OneLine(parametersJson));

    /// <summary>Names and values in the order of the spec.</summary>
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
