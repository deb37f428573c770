namespace Sweep.Search.Pruners.Halving;

/// <summary>The arithmetic of a bracket, in whole numbers: a logarithm in floating point is wrong at exact powers.</summary>
/// <remarks>Symbols: r is the smallest resource, R the largest, η the reduction factor, s the number of the top rung, n the trials in a rung.</remarks>
public static class HalvingBracket
{
    /// <summary>The rungs' resources: ⌊R/η^(s−i)⌋ for i = 0 … s, where s is the largest integer with r·η^s ≤ R; the top is R.</summary>
    /// <param name="minResource">r, from 1 to R.</param>
    /// <param name="maxResource">R.</param>
    /// <param name="reductionFactor">η, at least 2.</param>
    public static IReadOnlyList<int> Rungs(int minResource, int maxResource, int reductionFactor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minResource, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxResource, minResource);
        ArgumentOutOfRangeException.ThrowIfLessThan(reductionFactor, 2);
        var rungs = new List<int>();
        for (var power = 1L; minResource * power <= maxResource; power *= reductionFactor)
        {
            rungs.Add((int)(maxResource / power));
        }

        rungs.Reverse();
        return rungs;
    }

    /// <summary>How many of a full rung go on: min(max(1, ⌊n/η⌋), those with a value).</summary>
    /// <param name="entered">n, however they ended.</param>
    public static int Promoted(int entered, int reductionFactor, int withValue) =>
        Math.Min(Math.Max(1, entered / reductionFactor), withValue);

    /// <summary>How many trials enter each rung when all of them have values.</summary>
    public static IReadOnlyList<int> Sizes(int trials, int rungs, int reductionFactor)
    {
        var sizes = new int[rungs];
        for (var i = 0; i < rungs; i++)
        {
            sizes[i] = trials;
            trials = Promoted(trials, reductionFactor, trials);
        }

        return sizes;
    }
}
