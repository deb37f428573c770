namespace Sweep.Training.Schedules.Controller;

/// <summary>What the controller sees of a stretch of training, each in a few classes: how its gradients lie to the steps before them, where its loss goes, and whether its gradients grow.</summary>
public static class ControllerSituation
{
    /// <summary>How many situations there are: five alignments by three trends of the loss by two of the gradient's norm.</summary>
    public const int Count = 30;

    /// <summary>Before anything was seen: steps that neither agree nor oppose, a loss that stays, gradients that do not grow.</summary>
    public const int Unknown = ((2 * 3) + 1) * 2;

    // Of the mean cosine between a gradient and the step before it.
    private static readonly double[] Alignments = [-0.10, -0.03, 0.03, 0.10];

    // Of the fall of the logarithm of the mean loss since the stretch before.
    private static readonly double[] Trends = [0, 0.02];

    /// <summary>The situation of a stretch.</summary>
    /// <param name="alignment">The mean cosine between a gradient and the step before it.</param>
    /// <param name="fall">How much the logarithm of the mean loss has fallen.</param>
    /// <param name="grows">Whether the mean norm of the gradient is above that of the stretch before.</param>
    public static int Of(double alignment, double fall, bool grows) => (((Rank(alignment, Alignments) * 3) + Rank(fall, Trends)) * 2) + (grows ? 1 : 0);

    /// <summary>What to do before anything is learned: up while steps agree (Baydin et al. 2018), down when they do not and the loss has risen.</summary>
    internal static int FirstGuess(int situation) => (Alignment: situation / 6, Trend: situation / 2 % 3) switch
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
