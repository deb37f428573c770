using System.Buffers.Binary;

namespace Sweep.Training.Schedules.Controller;

/// <summary>The value of each action in each situation: a table that Q-learning fills (Watkins 1989), over the features of <see cref="ControllerSituation"/>.</summary>
/// <remarks>
/// Immutable and pure. <see cref="Initial"/> already knows which way to turn when successive steps agree or oppose each other, as
/// far as one decision's noise does not drown it; what trainings report moves it from there.
/// </remarks>
public sealed class ControllerPolicy
{
    /// <summary>What each action multiplies the rate by.</summary>
    public static readonly IReadOnlyList<double> Factors = [0.5, 1, 1.5];

    /// <summary>G: a trial starts from what the trials of the generations of so many before its own taught.</summary>
    public const int Generation = 8;

    private const byte Version = 1;

    // How much an experience counts beside what is known, falling with their number; and how much the value of what follows counts.
    private const double PriorWeight = 20;
    private const double Discount = 0.5;

    // What the initial policy expects of turning the right way, in the logarithm of the loss.
    private const double Preference = 0.02;

    private readonly double[] _values;
    private readonly double[] _counts;

    private ControllerPolicy(double[] values, double[] counts) => (_values, _counts) = (values, counts);

    /// <summary>The policy before any training.</summary>
    public static ControllerPolicy Initial { get; } = Start();

    /// <summary>The policy of a state that <see cref="ToBytes"/> gave; the initial one of none.</summary>
    /// <exception cref="TrainingException">The bytes are no policy, or of another version.</exception>
    public static ControllerPolicy Of(ReadOnlySpan<byte> state)
    {
        if (state.IsEmpty)
        {
            return Initial;
        }

        var cells = ControllerSituation.Count * Factors.Count;
        if (state.Length != 1 + (2 * cells * sizeof(double)) || state[0] != Version)
        {
            throw new TrainingException($"schedule learned_controller: a policy of {state.Length} bytes, version {state[0]}");
        }

        var (values, counts) = (new double[cells], new double[cells]);
        for (var i = 0; i < cells; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(state[(1 + (i * sizeof(double)))..]);
            counts[i] = BinaryPrimitives.ReadDoubleLittleEndian(state[(1 + ((cells + i) * sizeof(double)))..]);
        }

        return new ControllerPolicy(values, counts);
    }

    /// <summary>The fold that learns across trials: a state, and what epochs reported, in the order of trials and epochs, to the next state.</summary>
    /// <param name="state">What this returned, or nothing for the start.</param>
    /// <param name="reports">Of each epoch its experiences, as <see cref="ControllerExperience.ToBytes"/> gives them.</param>
    public static byte[] Fold(ReadOnlySpan<byte> state, IEnumerable<ReadOnlyMemory<byte>> reports)
    {
        var policy = Of(state);
        foreach (var report in reports)
        {
            foreach (var experience in ControllerExperience.Read(report.Span))
            {
                policy = policy.Learn(experience);
            }
        }

        return policy.ToBytes();
    }

    /// <summary>The policy after one more experience: Q ← Q + (r + γ max Q′ − Q) / (n + n0).</summary>
    public ControllerPolicy Learn(ControllerExperience experience)
    {
        var cell = Cell(experience.Situation, experience.Action);
        var (values, counts) = ((double[])_values.Clone(), (double[])_counts.Clone());
        var target = experience.Reward + (Discount * Value(experience.Next, Best(experience.Next)));
        counts[cell]++;
        values[cell] += (target - values[cell]) / (counts[cell] + PriorWeight);
        return new ControllerPolicy(values, counts);
    }

    /// <summary>The best action in a situation; of equals the one that changes the rate least.</summary>
    public int Best(int situation)
    {
        var best = 1;
        foreach (var action in (ReadOnlySpan<int>)[0, 2])
        {
            best = Value(situation, action) > Value(situation, best) ? action : best;
        }

        return best;
    }

    /// <summary>What an action is worth in a situation.</summary>
    public double Value(int situation, int action) => _values[Cell(situation, action)];

    /// <summary>The policy as bytes; the same policy gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[1 + ((_values.Length + _counts.Length) * sizeof(double))];
        bytes[0] = Version;
        var at = 1;
        foreach (var number in (double[])[.. _values, .. _counts])
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), number);
            at += sizeof(double);
        }

        return bytes;
    }

    private static ControllerPolicy Start()
    {
        var values = new double[ControllerSituation.Count * Factors.Count];
        for (var situation = 0; situation < ControllerSituation.Count; situation++)
        {
            values[Cell(situation, ControllerSituation.FirstGuess(situation))] = Preference;
        }

        return new ControllerPolicy(values, new double[values.Length]);
    }

    private static int Cell(int situation, int action) => (situation * Factors.Count) + action;
}
