namespace Sweep.Search.Spaces;

/// <summary>For messages: what a parameter may be in place of a value that it never has.</summary>
internal static class NearestValues
{
    /// <summary>That a parameter never has a value, and which of its values are next to it.</summary>
    internal static string Describe(string name, ParameterValue value, IEnumerable<Distribution> distributions)
    {
        var nearest = Of(value, distributions);
        return $"{name} is never {value.ToDisplay()}" + nearest.Count switch
        {
            0 => " in this configuration",
            1 => $"; the nearest value is {nearest[0].ToDisplay()}",
            _ => $"; the nearest values are {string.Join(" and ", nearest.Select(near => near.ToDisplay()))}",
        };
    }

    /// <summary>The values next to a number, ascending: one below and one above where there are both. Empty for what is no number.</summary>
    internal static IReadOnlyList<ParameterValue> Of(ParameterValue value, IEnumerable<Distribution> distributions)
    {
        if (value.Exact is not { } number)
        {
            return [];
        }

        var around = distributions.SelectMany(distribution => distribution.Around(number)).ToList();
        var below = around.Where(near => near.Exact!.Value < number).MaxBy(near => near.Exact!.Value);
        var above = around.Where(near => near.Exact!.Value > number).MinBy(near => near.Exact!.Value);
        return [.. new[] { below, above }.OfType<ParameterValue>()];
    }
}
