using System.Text.Json;
using Sweep.Training.Schedules;

namespace Sweep.Training.Tests.Schedules;

/// <summary>A curve of tests/reference/schedules.json: made by schedules.py beside it, which names the source of each.</summary>
public sealed record ReferenceCase(
    string Name,
    string Source,
    string Schedule,
    Dictionary<string, JsonElement> Settings,
    double Lr,
    int Epochs,
    long StepsPerEpoch,
    double[] Rates,
    double[]? Momenta,
    double[]? Metrics)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<ReferenceCase> All { get; } =
        JsonSerializer.Deserialize<List<ReferenceCase>>(File.ReadAllText(RepositoryFiles.Path("tests/reference/schedules.json")), Options)!;

    public ISchedule Make() =>
        ScheduleMaker.Make(Schedule, ScheduleMaker.Context(Lr, Epochs, StepsPerEpoch), [.. Settings.Select(s => (s.Key, Value(s.Value)))]);

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        _ => throw new InvalidDataException($"a setting of kind {json.ValueKind}"),
    };
}
