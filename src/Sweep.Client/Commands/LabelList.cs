using Sweep.Search;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary>Labels on the command line, separated by commas.</summary>
internal static class LabelList
{
    /// <summary>Reads labels into the format of the store.</summary>
    /// <param name="what">The option or key, for the error message.</param>
    /// <exception cref="SweepException">A label is not valid.</exception>
    public static string Read(string what, string text)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        return words.FirstOrDefault(word => !Labels.IsLabel(word)) is { } wrong
            ? throw new SweepException($"{what}: '{wrong}' is not a label: {Labels.Rule}")
            : Labels.Join(words);
    }
}
