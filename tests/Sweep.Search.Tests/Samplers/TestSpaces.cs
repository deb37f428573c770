using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Samplers;

/// <summary>Spaces that tests share.</summary>
internal static class TestSpaces
{
    internal static Parameter Uniform(string name, double low, double high) => Always(name, new ContinuousDistribution(new UniformScale(), low, high));

    internal static Parameter Log(string name, double low, double high) => Always(name, new ContinuousDistribution(new LogUniformScale(), low, high));

    internal static Parameter Whole(string name, int low, int high) => Always(name, new LatticeDistribution(new UniformScale(), low, 1, high - low + 1, whole: true));

    internal static Parameter Choice(string name, params string[] values) => Always(name, Values(values));

    internal static ValuesDistribution Values(params string[] values) => new([.. values.Select(ParameterValue.Of)]);

    internal static Parameter Always(string name, Distribution distribution) => new(name, [new Alternative(distribution, [])]);

    internal static Alternative When(Distribution distribution, string parameter, params string[] values) =>
        new(distribution, [new Condition(parameter, [.. values.Select(ParameterValue.Of)])]);

    internal static Space Of(params Parameter[] parameters) => new(parameters, []);

    internal static Space Box(int dimensions) => Of([.. Enumerable.Range(0, dimensions).Select(i => Uniform($"x{i}", 0, 1))]);

    /// <summary>Alternatives, nested conditions, every kind of distribution and a constant.</summary>
    internal static Space Conditional() => Of(
        Choice("optimizer", "sgd", "momentum", "adam"),
        new Parameter("optimizer.momentum", [When(new ContinuousDistribution(new UniformScale(), 0.8, 0.99), "optimizer", "momentum")]),
        new Parameter("lr",
        [
            When(new ContinuousDistribution(new LogUniformScale(), 1e-3, 1), "optimizer", "sgd", "momentum"),
            When(new ContinuousDistribution(new LogUniformScale(), 1e-5, 1e-2), "optimizer", "adam"),
        ]),
        Choice("schedule", "constant", "exponential"),
        new Parameter("schedule.gamma", [When(new LatticeDistribution(new UniformScale(), 0.5, 0.1, 5, whole: false), "schedule", "exponential")]),
        Always("width", new LatticeDistribution(new LogUniformScale(), 8, 1, 249, whole: true)),
        Always("noise", new ContinuousDistribution(new NormalScale(0, 1), double.NegativeInfinity, double.PositiveInfinity)),
        Always("decay", new ContinuousDistribution(new LogNormalScale(1e-4, 1), 0, double.PositiveInfinity)),
        Choice("model", "mlp"));

    /// <summary>24 points with conditions, of which two are forbidden.</summary>
    internal static Space Finite() => new(
        [
            Choice("a", "x", "y", "z"),
            new Parameter("b", [When(new LatticeDistribution(new UniformScale(), 1, 1, 5, whole: true), "a", "x")]),
            Whole("c", 0, 3),
        ],
        [[new Condition("a", [ParameterValue.Of("y")]), new Condition("c", [ParameterValue.Of(0L), ParameterValue.Of(3L)])]]);

    /// <summary>One point.</summary>
    internal static Space Constant() => Of(Choice("a", "x"), Whole("b", 3, 3));
}
