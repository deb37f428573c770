using System.Buffers;
using Sweep.Grains;

namespace Sweep.Client.Commands;

/// <summary>Labels as people write them: words with commas between them.</summary>
internal static class Labels
{
    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    /// <summary>As the store keeps them: sorted, each once.</summary>
    /// <param name="what">What they were given for, for the error.</param>
    /// <exception cref="SweepException">One has a character that labels have not.</exception>
    public static string Read(string what, string text)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        return words.FirstOrDefault(word => word.Length == 0 || word.AsSpan().ContainsAnyExcept(Characters)) is { } wrong
            ? throw new SweepException($"{what}: '{wrong}' is no label: labels are words of letters, digits, '-', '_' and '.', with commas between them")
            : string.Join(',', words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
