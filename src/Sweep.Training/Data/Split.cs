using Sweep.Training.Randomness;

namespace Sweep.Training.Data;

/// <summary>A training set in two: what is trained on, and what selects the best configuration.</summary>
/// <remarks>
/// <para>A pure function of the labels, the fraction and the sweep's seed: the same for all trials of a sweep, on every platform.</para>
/// <para>
/// Stratified: each class gives its share of the validation part, rounded down, and the classes with the largest remainders
/// (of equal ones the lower class) give one more, until there are exactly round(n · fraction), halves rounded up. A class that would give
/// its last member comes after all others: what validates should be trained on.
/// </para>
/// </remarks>
public sealed class Split
{
    /// <summary>The share of the training set that validates, unless the task says otherwise.</summary>
    public const double DefaultValidationFraction = 0.1;

    // The bytes of "split": numbers drawn from the same seed for other purposes are others.
    private const ulong Purpose = 0x73706c6974;

    private Split(int[] train, int[] validation) => (Train, Validation) = (train, validation);

    /// <summary>Indices of the examples that are trained on, ascending.</summary>
    public int[] Train { get; }

    /// <summary>Indices of the examples that validate, ascending.</summary>
    public int[] Validation { get; }

    /// <summary>Splits the training set of a data set: by class, by chance where numbers are predicted, by place where rows overlap.</summary>
    /// <exception cref="TrainingException">The fraction is out of range, or leaves nothing to train on.</exception>
    public static Split Of(Dataset dataset, double validationFraction, long seed) =>
        dataset.Window > 0 ? Windows(dataset.Train.Count, dataset.Window, validationFraction)
        : Create(dataset.PredictsNumbers ? new long[dataset.Train.Count] : dataset.Train.Labels, validationFraction, seed);

    /// <summary>How many of some rows validate: their share, halves rounded up.</summary>
    public static int CountOf(int rows, double validationFraction) => (int)Math.Round(rows * validationFraction, MidpointRounding.AwayFromZero);

    /// <summary>Splits the windows of a sequence: the last of it validates, and no symbol is on both sides.</summary>
    /// <param name="rows">How many windows there are, each beginning a place after the one before.</param>
    /// <param name="window">Symbols of a window; the one after it belongs to it too.</param>
    /// <param name="validationFraction">The share of the symbols that validates, from 0 (none) to less than 1.</param>
    /// <exception cref="TrainingException">The fraction is out of range, or one side has no window.</exception>
    public static Split Windows(int rows, int window, double validationFraction)
    {
        ThrowIfNoFraction(validationFraction);
        var symbols = rows + window;
        var held = CountOf(symbols, validationFraction);
        if (validationFraction > 0 && (held <= window || symbols - held <= window))
        {
            throw new TrainingException($"task.validation_fraction: {validationFraction} of {symbols} symbols leaves one side without a window of {window} and the symbol after it");
        }

        return held == 0
            ? new Split([.. Enumerable.Range(0, rows)], [])
            : new Split([.. Enumerable.Range(0, symbols - held - window)], [.. Enumerable.Range(symbols - held, held - window)]);
    }

    /// <summary>Splits a training set.</summary>
    /// <param name="labels">The class of each example, from 0.</param>
    /// <param name="validationFraction">The share that validates, from 0 (none) to less than 1.</param>
    /// <param name="seed">The sweep's seed.</param>
    /// <exception cref="TrainingException">The fraction is out of range, or leaves nothing to train on.</exception>
    public static Split Create(ReadOnlySpan<long> labels, double validationFraction, long seed)
    {
        ThrowIfNoFraction(validationFraction);
        var size = CountOf(labels.Length, validationFraction);
        if (size == labels.Length)
        {
            throw new TrainingException($"task.validation_fraction: {validationFraction} of {labels.Length} examples leaves none to train on");
        }

        var classes = ByClass(labels);
        var shares = Shares(classes, labels.Length, size);
        var random = new CounterRandom(seed, Purpose);
        var validates = new bool[labels.Length];
        for (var c = 0; c < classes.Count; c++)
        {
            // The first few places of a Fisher-Yates shuffle are a fair draw without replacement.
            var members = classes[c];
            for (var i = 0; i < shares[c]; i++)
            {
                var j = i + (int)random.Below((uint)(members.Count - i));
                (members[i], members[j]) = (members[j], members[i]);
                validates[members[i]] = true;
            }
        }

        return new Split(
            [.. Enumerable.Range(0, validates.Length).Where(i => !validates[i])],
            [.. Enumerable.Range(0, validates.Length).Where(i => validates[i])]);
    }

    private static void ThrowIfNoFraction(double fraction)
    {
        if (!(fraction is >= 0 and < 1))
        {
            throw new TrainingException($"task.validation_fraction: {fraction} is not at least 0 and less than 1");
        }
    }

    private static List<List<int>> ByClass(ReadOnlySpan<long> labels)
    {
        var classes = new List<List<int>>();
        for (var i = 0; i < labels.Length; i++)
        {
            while (classes.Count <= labels[i])
            {
                classes.Add([]);
            }

            classes[(int)labels[i]].Add(i);
        }

        return classes;
    }

    private static int[] Shares(List<List<int>> classes, int count, int size)
    {
        // In whole numbers: size · members / count and its remainder.
        int[] shares = [.. classes.Select(members => (int)((long)size * members.Count / count))];
        var more = Enumerable.Range(0, classes.Count)
            .OrderBy(c => shares[c] + 1 >= classes[c].Count)
            .ThenByDescending(c => (long)size * classes[c].Count % count)
            .ThenBy(c => c)
            .Take(size - shares.Sum());
        foreach (var c in more)
        {
            shares[c]++;
        }

        return shares;
    }
}
