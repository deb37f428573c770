using Sweep.Search.Spaces;

namespace Sweep.Search.Functions;

/// <summary>
/// A function shaped like the tuning of an optimizer: a choice among three with learning rates of different magnitude, settings that only
/// some have, a whole number. 0 at momentum, lr 0.05, optimizer.momentum 0.9, exponential with gamma 0.85, depth 4.
/// </summary>
/// <remarks>optimizer (sgd 0.3, momentum 0, adam 0.15) + 0.4 (log₁₀ lr − best)² + 20 (momentum − 0.9)² + (constant 0.2, exponential 4 (gamma − 0.85)²) + 0.03 (depth − 4)².</remarks>
internal sealed class MixedConditionalFunction : BuiltInFunction
{
    public override string Name => "mixed_conditional";

    public override Space Space { get; } = new(
        [
            new Parameter("optimizer", [new Alternative(Values("sgd", "momentum", "adam"), [])]),
            new Parameter("optimizer.momentum", [new Alternative(new ContinuousDistribution(new UniformScale(), 0.5, 0.99), [When("optimizer", "momentum")])]),
            new Parameter(
                "lr",
                [
                    new Alternative(new ContinuousDistribution(new LogUniformScale(), 1e-4, 1), [When("optimizer", "sgd", "momentum")]),
                    new Alternative(new ContinuousDistribution(new LogUniformScale(), 1e-6, 1e-1), [When("optimizer", "adam")]),
                ]),
            new Parameter("schedule", [new Alternative(Values("constant", "exponential"), [])]),
            new Parameter("schedule.gamma", [new Alternative(new ContinuousDistribution(new UniformScale(), 0.5, 0.99), [When("schedule", "exponential")])]),
            new Parameter("depth", [new Alternative(new LatticeDistribution(new UniformScale(), 1, 1, 8, whole: true), [])]),
        ],
        []);

    public override double Minimum => 0;

    public override double At(Configuration configuration, int step)
    {
        var (value, best) = Text(configuration, "optimizer") switch
        {
            "sgd" => (0.3, 0.1),
            "momentum" => (20 * Square(Number(configuration, "optimizer.momentum") - 0.9), 0.05),
            "adam" => (0.15, 0.001),
            var other => throw new SweepException($"optimizer: the function {Name} knows sgd, momentum and adam, found {other}"),
        };
        value += 0.4 * Square(Math.Log10(Number(configuration, "lr") / best));
        value += Text(configuration, "schedule") switch
        {
            "constant" => 0.2,
            "exponential" => 4 * Square(Number(configuration, "schedule.gamma") - 0.85),
            var other => throw new SweepException($"schedule: the function {Name} knows constant and exponential, found {other}"),
        };
        return value + (0.03 * Square(Number(configuration, "depth") - 4));
    }

    private static double Square(double x) => x * x;

    private static ValuesDistribution Values(params string[] values) => new([.. values.Select(ParameterValue.Of)]);

    private static Condition When(string parameter, params string[] values) => new(parameter, [.. values.Select(ParameterValue.Of)]);
}
