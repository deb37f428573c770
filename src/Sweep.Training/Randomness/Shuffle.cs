namespace Sweep.Training.Randomness;

/// <summary>A random permutation that depends on its seed alone.</summary>
public static class Shuffle
{
    /// <summary>Fisher and Yates' shuffle with SplitMix64, unbiased by Lemire's multiplication with rejection.</summary>
    public static void InPlace(Span<int> items, ulong seed)
    {
        var counter = seed;
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = (int)Below((ulong)last + 1, ref counter);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Below(ulong limit, ref ulong counter)
    {
        while (true)
        {
            var high = Math.BigMul(Seeds.Mix(counter++), limit, out var low);
            if (low >= limit || low >= (0 - limit) % limit)
            {
                return high;
            }
        }
    }
}
