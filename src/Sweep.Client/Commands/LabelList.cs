using Sweep.Search;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary>Labels on the command line: words with commas between them.</summary>
internal static class LabelWords
{
    /// <summary>As the store keeps them.</summary>
    /// <param name="what">What they were given for, for the error.</param>
    /// <exception cref="SweepException">One is no label.</exception>
    public static string Read(string what, string text)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        return words.FirstOrDefault(word => !Labels.IsLabel(word)) is { } wrong
            ? throw new SweepException($"{what}: '{wrong}' is no label: {Labels.Rule}")
            : Labels.Join(words);
    }
}
