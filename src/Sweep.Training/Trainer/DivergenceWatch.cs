namespace Sweep.Training;

/// <summary>Notices a training that blows up, from its step losses.</summary>
/// <remarks>
/// The smoothed loss r starts at the untrained network's and follows r ← r + (loss − r)/10, so that one bad batch of a
/// healthy training does not count and a real blow-up, which lasts, does within a few steps. Comparing epochs would
/// miss it: a network that blew up inside its first epoch falls back to the loss of guessing.
/// </remarks>
/// <param name="factor">Diverged: above this many times the larger of the untrained loss and the floor.</param>
/// <param name="floor">A loss that any training may have, such as that of always predicting the mean: an untrained network can be nearly right by chance.</param>
internal sealed class DivergenceWatch(double factor, double floor = 0)
{
    private const double Weight = 0.1;

    /// <summary>The loss before the first step.</summary>
    public double Untrained { get; private set; }

    public double Smoothed { get; private set; }

    public void Start(double untrained) => Restore(untrained, untrained);

    public void Restore(double untrained, double smoothed) => (Untrained, Smoothed) = (untrained, smoothed);

    /// <summary>Takes in a step's mean loss; a reason, for people, when the training has diverged.</summary>
    public string? Observe(double loss)
    {
        if (!double.IsFinite(loss))
        {
            return $"the loss is {Name(loss)}";
        }
        Smoothed += (loss - Smoothed) * Weight;
        return Smoothed <= factor * Math.Max(Untrained, floor) ? null
            : Untrained >= floor ? $"the smoothed loss {Smoothed:G4} is above {factor:G4} times the untrained network's {Untrained:G4}"
            : $"the smoothed loss {Smoothed:G4} is above {factor:G4} times {floor:G4}, that of predicting the mean";
    }

    internal static string Name(double loss) => double.IsNaN(loss) ? "not a number" : "infinite";
}
