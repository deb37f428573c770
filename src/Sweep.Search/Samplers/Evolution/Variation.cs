using Sweep.Search.Randomness;
using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Evolution;

/// <summary>Random numbers of one child, and what to do where its parents have nothing to give.</summary>
/// <param name="attempt">Children that are refused are made again with other numbers.</param>
internal sealed class Variation(Space space, long seed, int number, int attempt)
{
    private readonly int _stride = space.Dimensions + 4;

    /// <summary>A number in [0, 1).</summary>
    /// <param name="use">Which of several for the same dimension; below 8.</param>
    internal double Uniform(int use, int dimension) => Philox.Uniform(seed, number, SamplerPurpose.Mutation + (uint)attempt, (use * _stride) + dimension);

    /// <summary>A standard normal number.</summary>
    internal double Normal(int use, int dimension) => Philox.Normal(seed, number, SamplerPurpose.Mutation + (uint)attempt, (use * _stride) + dimension);

    /// <summary>A number in [0, 1) for a choice among trials.</summary>
    internal double Tournament(int draw) => Philox.Uniform(seed, number, SamplerPurpose.Tournament + (uint)attempt, draw);

    /// <summary>A coordinate drawn at random.</summary>
    internal double Fresh(int dimension) => space.Axes[dimension].Draw(Uniform(0, dimension));

    /// <summary>Another value of a categorical axis.</summary>
    internal double Other(Axis axis, double value)
    {
        var other = Math.Floor(Uniform(1, axis.Dimension) * (axis.Count - 1));
        return other >= value ? other + 1 : other;
    }
}
