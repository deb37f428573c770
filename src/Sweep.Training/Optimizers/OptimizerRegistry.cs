namespace Sweep.Training.Optimizers;

/// <summary>All optimizers, by the name that sweep files use.</summary>
public static class OptimizerRegistry
{
    public static IReadOnlyList<OptimizerDefinition> All { get; } =
        [.. GradientDescent.Definitions, .. SquaredGradients.Definitions, .. AdamFamily.Definitions, .. LearningRateFree.Definitions];

    /// <summary>The optimizer of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static OptimizerDefinition Get(string name) =>
        All.FirstOrDefault(o => string.Equals(o.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"optimizer {name} is not one of {string.Join(", ", All.Select(o => o.Name))}", nameof(name));
}
