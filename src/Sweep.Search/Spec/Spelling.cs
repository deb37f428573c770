namespace Sweep.Search.Spec;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
public static class Spelling
{
    private const int ShortestPrefix = 3;

    /// <summary>"did you mean 'x'?" when one is near, with all that is allowed.</summary>
    public static string Hint(string found, IReadOnlyCollection<string> allowed)
    {
        var all = allowed.Count == 0 ? "nothing is allowed here" : $"allowed: {string.Join(", ", allowed)}";
        return Nearest(found, allowed) is { } nearest ? $"did you mean '{nearest}'? ({all})" : all;
    }

    /// <summary>The allowed word that it is the beginning of, or with the smallest edit distance, if that is small for its length.</summary>
    internal static string? Nearest(string found, IReadOnlyCollection<string> allowed)
    {
        string? best = null;
        var bestDistance = Math.Max(2, found.Length / 3) + 1;
        foreach (var word in allowed)
        {
            if (found.Length >= ShortestPrefix && word.StartsWith(found, StringComparison.OrdinalIgnoreCase))
            {
                return word;
            }

            var distance = Distance(found.ToLowerInvariant(), word);
            if (distance < bestDistance && distance < Math.Max(word.Length, found.Length))
            {
                (best, bestDistance) = (word, distance);
            }
        }

        return best;
    }

    /// <summary>Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8)
        {
            return int.MaxValue;
        }

        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
