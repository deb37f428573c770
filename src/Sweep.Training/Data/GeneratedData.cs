using Sweep.Training.Randomness;

namespace Sweep.Training.Data;

/// <summary>Data sets that are made, not read: a pure function of their name, rows, noise and seed.</summary>
internal static class GeneratedData
{
    public const string Spirals = "spirals";
    public const string NoisyLinear = "noisy_linear";

    private const int LinearFeatures = 8;
    private const double Turns = 1.5;

    // Rows of the training set, rows of the test set, and the line's coefficients never share a number.
    private const ulong TrainPurpose = 0x747261696e;
    private const ulong TestPurpose = 0x74657374;
    private const ulong CoefficientPurpose = 0x636f6566;

    /// <summary>Makes a set; its test set, as many rows again, when it is asked for.</summary>
    public static Dataset Make(string name, DatasetOptions options) => name == Spirals
        ? Dataset.OfRows(name, 2, 2, MakeSpirals(options, TrainPurpose), () => MakeSpirals(options, TestPurpose))
        : Dataset.OfRows(
            name, LinearFeatures, options.PredictsNumbers ? 1 : 2, MakeLinear(options, TrainPurpose), () => MakeLinear(options, TestPurpose), options.PredictsNumbers);

    // Two arms that wind around each other, after Lang and Witbrock 1988: class c at radius s, at the angle 2π · turns · s + π c.
    private static LabelledImages MakeSpirals(DatasetOptions options, ulong purpose)
    {
        var (values, labels) = Allocate(options.Rows, 2);
        var random = new CounterRandom(options.Seed, purpose);
        for (var i = 0; i < options.Rows; i++)
        {
            labels[i] = i % 2;
            var along = Math.Sqrt(Uniform(ref random));
            var angle = (2 * Math.PI * Turns * along) + (Math.PI * labels[i]);
            var (x, y) = Normal(ref random);
            values[2 * i] = (float)(2 * ((along * Math.Cos(angle)) + (options.Noise * x / 2)));
            values[(2 * i) + 1] = (float)(2 * ((along * Math.Sin(angle)) + (options.Noise * y / 2)));
        }

        return new LabelledImages(values, labels, []);
    }

    // y = w·x + noise; x standard normal, w on the unit sphere. The class says whether y is positive.
    private static LabelledImages MakeLinear(DatasetOptions options, ulong purpose)
    {
        var coefficients = Coefficients(options.Seed);
        var (values, labels) = Allocate(options.Rows, LinearFeatures);
        var targets = new double[options.Rows];
        var random = new CounterRandom(options.Seed, purpose);
        for (var i = 0; i < options.Rows; i++)
        {
            var y = options.Noise * Normal(ref random).First;
            for (var j = 0; j < LinearFeatures; j += 2)
            {
                var (first, second) = Normal(ref random);
                values[(i * LinearFeatures) + j] = (float)first;
                values[(i * LinearFeatures) + j + 1] = (float)second;
                y += (coefficients[j] * first) + (coefficients[j + 1] * second);
            }

            targets[i] = y;
            labels[i] = y > 0 ? 1 : 0;
        }

        return new LabelledImages(values, labels, []) { Targets = targets };
    }

    private static double[] Coefficients(long seed)
    {
        var random = new CounterRandom(seed, CoefficientPurpose);
        var coefficients = new double[LinearFeatures];
        for (var j = 0; j < LinearFeatures; j++)
        {
            coefficients[j] = Normal(ref random).First;
        }

        var length = Math.Sqrt(coefficients.Sum(c => c * c));
        return [.. coefficients.Select(c => c / length)];
    }

    private static (float[] Values, long[] Labels) Allocate(int rows, int features) =>
        (GC.AllocateArray<float>(checked(rows * features), pinned: true), GC.AllocateArray<long>(rows, pinned: true));

    private static double Uniform(ref CounterRandom random) => ((random.Next() >> 11) + 0.5) / (1UL << 53);

    // Box and Muller 1958.
    private static (double First, double Second) Normal(ref CounterRandom random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(Uniform(ref random)));
        var angle = 2 * Math.PI * Uniform(ref random);
        return (radius * Math.Cos(angle), radius * Math.Sin(angle));
    }
}
