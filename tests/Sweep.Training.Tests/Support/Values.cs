using System.Text.Json;
using Sweep.Search.Settings;

namespace Sweep.Training.Tests.Support;

internal static class Values
{
    public static SettingValues Of(IReadOnlyList<Setting> definitions, params (string Name, object? Value)[] given) =>
        new(given.ToDictionary(g => g.Name, g => g.Value, StringComparer.Ordinal), definitions);

    public static SettingValues Of(IReadOnlyList<Setting> definitions, JsonElement given) =>
        new(given.EnumerateObject().ToDictionary(p => p.Name, p => Plain(p.Value), StringComparer.Ordinal), definitions);

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        _ => value.GetDouble(),
    };
}
