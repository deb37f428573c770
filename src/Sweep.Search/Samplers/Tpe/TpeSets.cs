namespace Sweep.Search.Samplers.Tpe;

/// <summary>Which trials are good and which bad, and what each counts for.</summary>
internal static class TpeSets
{
    /// <summary>The most good trials; also how many of the newest trials count in full.</summary>
    internal const int Newest = 25;

    /// <summary>The most trials of a set that a density is made of.</summary>
    internal const int Most = 1000;

    /// <summary>γ(n) = min(⌈0.1 n⌉, 25): how many of n trials with a result are good.</summary>
    internal static int Good(int n) => Math.Min((n + 9) / 10, Newest);

    /// <summary>The best trials by number; only those that have a value.</summary>
    /// <param name="count">At most so many.</param>
    internal static List<ObservedTrial> Best(IReadOnlyList<ObservedTrial> trials, int count)
    {
        // An insertion into few: what is kept is sorted, the worst last.
        var best = new List<ObservedTrial>(count + 1);
        foreach (var trial in trials)
        {
            if (trial.Standing != TrialStanding.Scored || count == 0 || (best.Count == count && ObservedTrial.Compare(trial, best[^1]) >= 0))
            {
                continue;
            }

            var at = best.Count;
            while (at > 0 && ObservedTrial.Compare(trial, best[at - 1]) < 0)
            {
                at--;
            }

            best.Insert(at, trial);
            if (best.Count > count)
            {
                best.RemoveAt(count);
            }
        }

        best.Sort((x, y) => x.Number.CompareTo(y.Number));
        return best;
    }

    /// <summary>Optuna's default weights of n trials by age, the oldest first: a ramp from 1/n to 1, then 25 ones.</summary>
    internal static double Weight(int index, int n)
    {
        if (n < Newest || index >= n - Newest)
        {
            return 1;
        }

        var ramp = n - Newest;
        var first = 1.0 / n;
        return ramp == 1 ? first : first + (index * (1 - first) / (ramp - 1));
    }

    /// <summary>
    /// The trials of a set that a density is made of, by place, each with its weight: all up to <see cref="Most"/>; of more, the newest
    /// 25 and of the rest as many as there is room for, evenly by age, their weights scaled up for those left out.
    /// </summary>
    internal static (int Index, double Weight)[] Thin(int n)
    {
        var kept = new (int, double)[Math.Min(n, Most)];
        var thinned = kept.Length - Newest;
        for (var i = 0; i < kept.Length; i++)
        {
            if (n <= Most)
            {
                kept[i] = (i, Weight(i, n));
            }
            else if (i >= thinned)
            {
                kept[i] = (n - kept.Length + i, 1);
            }
            else
            {
                var index = (int)(((2L * i) + 1) * (n - Newest) / (2L * thinned));
                kept[i] = (index, Weight(index, n) * (n - Newest) / thinned);
            }
        }

        return kept;
    }
}
