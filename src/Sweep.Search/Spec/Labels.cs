using System.Buffers;

namespace Sweep.Search.Spec;

/// <summary>Words that silos offer and sweeps require.</summary>
public static class Labels
{
    /// <summary>What a label may be, for error messages.</summary>
    public const string Rule = "a label is made of a-z, 0-9, '-', '_' and '.', and has at most 50 characters";

    private const int MaxLength = 50;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether a text is a label.</summary>
    public static bool IsLabel(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>Labels as a store keeps them: sorted, each once, with commas between them; empty for none.</summary>
    public static string Join(IEnumerable<string> labels) =>
        string.Join(',', labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
