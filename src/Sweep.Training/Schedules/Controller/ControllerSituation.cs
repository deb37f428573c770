namespace Sweep.Training.Schedules.Controller;

/// <summary>What the controller sees of a stretch of training, in a few steps each: how its gradients lie to the steps before them, and where its loss goes.</summary>
public static class ControllerSituation
{
    /// <summary>How many situations there are: five alignments by three trends.</summary>
    public const int Count = 15;

    /// <summary>Before anything was seen: steps that neither agree nor oppose, a loss that stays.</summary>
    public const int Unknown = (2 * 3) + 1;

    // Of the mean cosine between a gradient and the step before it.
    private static readonly double[] Alignments = [-0.10, -0.03, 0.03, 0.10];

    // Of the fall of the logarithm of the mean loss since the stretch before.
    private static readonly double[] Trends = [0, 0.02];

    /// <summary>The situation of a stretch.</summary>
    /// <param name="alignment">The mean cosine between a gradient and the step before it.</param>
    /// <param name="fall">How much the logarithm of the mean loss has fallen.</param>
    public static int Of(double alignment, double fall) => (Rank(alignment, Alignments) * 3) + Rank(fall, Trends);

    /// <summary>What to do before anything is learned: up while steps agree (Baydin et al. 2018), down when they do not and the loss has risen.</summary>
    internal static int FirstGuess(int situation) => (Alignment: situation / 3, Trend: situation % 3) switch
    {
        (4, > 0) => 2,
        (< 3, 0) => 0,
        _ => 1,
    };

    private static int Rank(double value, double[] limits)
    {
        var rank = 0;
        while (rank < limits.Length && value >= limits[rank])
        {
            rank++;
        }

        return rank;
    }
}
