namespace Sweep.Training.Data;

/// <summary>The mean and the standard deviation (of the population) of some numbers, and what a number becomes: (x − mean) / deviation.</summary>
/// <remarks>
/// Numbers are divided by a power of two and taken from the least one first. So squares neither overflow nor underflow, and numbers that
/// hardly differ keep their differences. Where all numbers are equal, every number becomes 0, also one that was not among them.
/// </remarks>
public sealed class Standardization
{
    private readonly int _exponent;
    private readonly double _least;
    private readonly double _mean;
    private readonly double _deviation;

    private Standardization(int exponent, double least, double mean, double deviation) =>
        (_exponent, _least, _mean, _deviation) = (exponent, least, mean, deviation);

    /// <summary>Whether all numbers are equal.</summary>
    public bool IsConstant => _deviation == 0;

    /// <summary>The mean, in the unit of the numbers.</summary>
    public double Mean => Math.ScaleB(_least + _mean, _exponent);

    /// <summary>The standard deviation, in the unit of the numbers; 0 where all are equal.</summary>
    public double Deviation => Math.ScaleB(_deviation, _exponent);

    /// <summary>That of some numbers.</summary>
    /// <param name="values">At least one, all finite.</param>
    public static Standardization Of(ReadOnlySpan<double> values)
    {
        double least = values[0], largest = values[0];
        foreach (var value in values)
        {
            (least, largest) = (Math.Min(least, value), Math.Max(largest, value));
        }

        var exponent = Math.Max(Math.Abs(least), Math.Abs(largest)) is > 0 and var size ? Math.ILogB(size) : 0;
        least = Math.ScaleB(least, -exponent);
        if (least == Math.ScaleB(largest, -exponent))
        {
            return new Standardization(exponent, least, 0, 0);
        }

        // Two passes in the order of the values: the same bits wherever it runs.
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += Math.ScaleB(value, -exponent) - least;
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            var d = Math.ScaleB(value, -exponent) - least - mean;
            squares += d * d;
        }

        return new Standardization(exponent, least, mean, Math.Sqrt(squares / values.Length));
    }

    /// <summary>What a number becomes: 0 where all numbers were equal; infinite where it is too far from them.</summary>
    public double Apply(double value) => IsConstant ? 0 : (Math.ScaleB(value, -_exponent) - _least - _mean) / _deviation;
}
