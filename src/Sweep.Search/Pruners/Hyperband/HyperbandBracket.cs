using Sweep.Search.Pruners.Halving;

namespace Sweep.Search.Pruners.Hyperband;

/// <summary>One bracket of a Hyperband table.</summary>
/// <param name="Number">s in the paper: how many rungs lie below the top.</param>
/// <param name="Rungs">The rungs' resources, rising; the top is R.</param>
/// <param name="Sizes">How many trials enter each rung when all of them have values.</param>
public sealed record HyperbandBracket(int Number, IReadOnlyList<int> Rungs, IReadOnlyList<int> Sizes)
{
    /// <summary>n in the paper: the trials that start in it.</summary>
    public int Trials => Sizes[0];

    /// <summary>All brackets, from s_max down to 0, in whole numbers.</summary>
    /// <remarks>
    /// Li et al. (2018), "Hyperband: a novel bandit-based approach to hyperparameter optimization", algorithm 1: n = ⌈(s_max + 1) / (s + 1) · η^s⌉
    /// with s_max the largest integer for which r·η^s_max ≤ R. Table 1 of the paper has n = ⌊(s_max + 1) / (s + 1)⌋ · η^s.
    /// </remarks>
    /// <param name="isPrinted">Whether the sizes are those of the paper's table.</param>
    public static IReadOnlyList<HyperbandBracket> Table(int minResource, int maxResource, int reductionFactor, bool isPrinted)
    {
        var rungs = HalvingBracket.Rungs(minResource, maxResource, reductionFactor);
        var table = new List<HyperbandBracket>(rungs.Count);
        var power = 1L;
        for (var s = 0; s < rungs.Count; s++, power *= reductionFactor)
        {
            var trials = isPrinted
                ? rungs.Count / (s + 1) * power
                : ((rungs.Count * power) + s) / (s + 1);
            table.Add(new HyperbandBracket(s, [.. rungs.Skip(rungs.Count - s - 1)], HalvingBracket.Sizes(checked((int)trials), s + 1, reductionFactor)));
        }

        table.Reverse();
        return table;
    }

    /// <summary>For people: <c>s=3: 34@3 11@9 3@27 1@81</c>.</summary>
    public override string ToString() => $"s={Number}: {string.Join(' ', Sizes.Zip(Rungs, (size, rung) => $"{size}@{rung}"))}";
}
