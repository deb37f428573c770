using Sweep.Search.Spec;

namespace Sweep.Silo.Execution;

/// <summary>What a setting may be in a sweep, where that can be listed.</summary>
internal static class SpecValues
{
    // A range of whole numbers may be long: its ends and what is near them are enough for checks.
    private const int Most = 1000;

    /// <summary>The values that trials may have, without doubles; those of a continuous range are left out.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="path">As in a sweep file: <c>task.dataset</c>, <c>schedule</c>.</param>
    /// <param name="otherwise">The default; null for none.</param>
    public static List<object> Of(SweepSpec spec, string path, object? otherwise)
    {
        var values = new List<object>();
        var parameter = spec.Space.Parameters.FirstOrDefault(p => p.Name == path);
        foreach (var distribution in parameter?.Alternatives.Select(a => a.Distribution).Where(d => d.Count is not null) ?? [])
        {
            var count = distribution.Count!.Value;
            values.AddRange(Enumerable.Range(0, (int)Math.Min(Most, count)).Select(i => distribution.At(i).ToObject()));
            if (count > Most)
            {
                values.Add(distribution.At(count - 1).ToObject());
            }
        }

        // Where no condition holds, the task's own value is in force.
        if (parameter is null || parameter.Alternatives.All(a => a.Conditions.Count > 0))
        {
            var given = path.StartsWith("task.", StringComparison.Ordinal) ? spec.Task.Settings.GetValueOrDefault(path["task.".Length..])?.ToObject() : null;
            if ((given ?? otherwise) is { } value)
            {
                values.Add(value);
            }
        }

        return [.. values.Distinct()];
    }

    /// <summary>The same, of a setting that is text.</summary>
    public static List<string> Texts(SweepSpec spec, string path, string otherwise) => [.. Of(spec, path, otherwise).OfType<string>()];
}
