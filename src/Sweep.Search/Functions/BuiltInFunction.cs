using Sweep.Search.Randomness;
using Sweep.Search.Spaces;

namespace Sweep.Search.Functions;

/// <summary>An objective that needs no training, to be minimized: for tests of the search and measurements of it.</summary>
public abstract class BuiltInFunction
{
    /// <summary>As in <c>task: {function: NAME}</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The parameters it reads, over their usual ranges.</summary>
    public abstract Space Space { get; }

    /// <summary>The least value in <see cref="Space"/>, after the last step.</summary>
    public abstract double Minimum { get; }

    /// <summary>Whether it cannot do without one of its parameters.</summary>
    public virtual bool Requires(string parameter) => true;

    /// <summary>Whether the value depends on how many steps were made.</summary>
    public virtual bool LearnsOverSteps => false;

    /// <summary>The value of a configuration after so many steps; functions other than <c>curves</c> do not depend on them.</summary>
    /// <param name="step">From 1.</param>
    /// <exception cref="SweepException">A parameter is missing or of another type.</exception>
    public abstract double At(Configuration configuration, int step);

    /// <summary>The same with normal noise, a function of (seed, number, replicate, step).</summary>
    /// <param name="deviation">σ of the noise; 0 for none.</param>
    public double At(Configuration configuration, int step, double deviation, long seed, int number, int replicate)
    {
        var value = At(configuration, step);
        return deviation == 0 ? value : value + (deviation * Philox.Normal(seed, number, Samplers.SamplerPurpose.FunctionNoise + ((uint)replicate << 16), step));
    }

    private protected static Parameter Range(string name, double low, double high) =>
        new(name, [new Alternative(new ContinuousDistribution(new UniformScale(), low, high), [])]);

    private protected double Number(Configuration configuration, string name)
    {
        if (!configuration.TryGet(name, out var value))
        {
            throw new SweepException($"the function {Name} needs the parameter {name}");
        }

        return value.Kind switch
        {
            ValueKind.Real => value.AsReal,
            ValueKind.Integer => value.AsInteger,
            _ => throw new SweepException($"{name}: the function {Name} needs a number, found {value}"),
        };
    }

    private protected string Text(Configuration configuration, string name) =>
        configuration.TryGet(name, out var value) && value.Kind == ValueKind.Text
            ? value.AsText
            : throw new SweepException($"the function {Name} needs the parameter {name}, a text");
}
