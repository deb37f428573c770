namespace Sweep.Search.Functions;

/// <summary>The functions that a sweep file may name: <c>task: {function: NAME}</c>.</summary>
public static class BuiltInFunctions
{
    /// <summary>The dimensions of <c>sphere</c>, <c>rosenbrock</c>, <c>ellipsoid</c> and <c>ackley</c> when nothing is said.</summary>
    public const int DefaultDimensions = 4;

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => ["sphere", "rosenbrock", "ellipsoid", "branin", "hartmann6", "ackley", "mixed_conditional", "curves"];

    /// <summary>Whether a function may have any number of dimensions.</summary>
    public static bool HasDimensions(string name) => name is "sphere" or "rosenbrock" or "ellipsoid" or "ackley";

    /// <summary>A function by name; null when there is none.</summary>
    /// <param name="dimensions">Of those that may have any; 1 or more.</param>
    public static BuiltInFunction? Find(string name, int dimensions = DefaultDimensions) => name switch
    {
        "sphere" => new VectorFunction(name, Cube(dimensions, -5, 5), 0, Formulas.Sphere),
        "rosenbrock" => new VectorFunction(name, Cube(dimensions, -2, 2), 0, Formulas.Rosenbrock),
        "ellipsoid" => new VectorFunction(name, Cube(dimensions, -5, 5), 0, Formulas.Ellipsoid),
        "ackley" => new VectorFunction(name, Cube(dimensions, -32.768, 32.768), 0, Formulas.Ackley),
        "branin" => new VectorFunction(name, [(-5, 10), (0, 15)], 5 / (4 * Math.PI), Formulas.Branin),
        "hartmann6" => new VectorFunction(name, Cube(6, 0, 1), -3.322368011415515, Formulas.Hartmann6),
        "mixed_conditional" => new MixedConditionalFunction(),
        "curves" => new CurvesFunction(),
        _ => null,
    };

    private static (double Low, double High)[] Cube(int dimensions, double low, double high) => [.. Enumerable.Repeat((low, high), dimensions)];
}
