namespace Sweep.Search.Samplers;

/// <summary>A trial as a sampler sees it.</summary>
/// <param name="coordinates">By dimension, NaN where inactive.</param>
/// <param name="scaled">The same on the axes' scales.</param>
internal sealed class ObservedTrial(int number, double[] coordinates, double[] scaled)
{
    /// <summary>The resource of a trial trained to the full, wherever its own target or patience ended it.</summary>
    internal const int Full = int.MaxValue;

    internal int Number { get; } = number;

    internal double[] Coordinates { get; } = coordinates;

    internal double[] Scaled { get; } = scaled;

    internal TrialStanding Standing { get; set; }

    /// <summary>Whether it was trained to the full.</summary>
    internal bool IsComplete { get; set; }

    /// <summary>Whether nothing more will come of it.</summary>
    internal bool IsOver { get; set; }

    /// <summary>For samplers that take each trial once.</summary>
    internal bool IsCounted { get; set; }

    /// <summary>The resource that its losses are from.</summary>
    internal int Step { get; set; }

    /// <summary>Its objectives, the less the better; meaningful when it is scored.</summary>
    internal double[] Losses { get; set; } = [];

    /// <summary>What was reported on the way, by resource; the value of a trial trained to the full stands at <see cref="Full"/>.</summary>
    internal SortedDictionary<int, double[]> Reports { get; } = [];

    /// <summary>The first objective; infinite when there is no value.</summary>
    internal double Loss => Standing == TrialStanding.Scored ? Losses[0] : double.PositiveInfinity;

    internal bool HasResult => Standing is TrialStanding.Scored or TrialStanding.Worst;

    /// <summary>Better trials first: scored before worst, complete before others, more resource before less, then the first objective, then the lower number.</summary>
    internal static int Compare(ObservedTrial x, ObservedTrial y)
    {
        var order = (x.Standing == TrialStanding.Scored).CompareTo(y.Standing == TrialStanding.Scored);
        if (order != 0 || x.Standing != TrialStanding.Scored)
        {
            return order != 0 ? -order : x.Number.CompareTo(y.Number);
        }

        order = -x.IsComplete.CompareTo(y.IsComplete);
        order = order != 0 || x.IsComplete ? order : y.Step.CompareTo(x.Step);
        order = order != 0 ? order : x.Losses[0].CompareTo(y.Losses[0]);
        return order != 0 ? order : x.Number.CompareTo(y.Number);
    }
}
