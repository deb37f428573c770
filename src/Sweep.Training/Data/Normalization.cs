namespace Sweep.Training.Data;

/// <summary>What pixels are normalised with: x = (pixel / 255 − mean) / deviation, per channel.</summary>
/// <param name="Mean">Mean of the training pixels, on the scale of 0 to 1.</param>
/// <param name="StandardDeviation">Their standard deviation (of the population), on the same scale; 1 where all pixels are equal.</param>
/// <remarks>
/// Taken over the whole training set, validation part included, from exact integer sums: the same on every machine, and
/// the constants that are published for MNIST (0.1307, 0.3081) and Fashion-MNIST (0.2860, 0.3530) to their four digits.
/// </remarks>
public sealed record Normalization(IReadOnlyList<float> Mean, IReadOnlyList<float> StandardDeviation);
