using Sweep.Search.Spaces;

namespace Sweep.Search.Functions;

/// <summary>A function of x0, x1, ….</summary>
internal sealed class VectorFunction(string name, (double Low, double High)[] ranges, double minimum, Func<double[], double> compute) : BuiltInFunction
{
    public override string Name => name;

    public override Space Space { get; } = new([.. ranges.Select((range, i) => Range($"x{i}", range.Low, range.High))], []);

    public override double Minimum => minimum;

    public override double At(Configuration configuration, int step)
    {
        var x = new double[ranges.Length];
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = Number(configuration, $"x{i}");
        }

        return compute(x);
    }
}
