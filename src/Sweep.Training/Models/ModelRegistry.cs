namespace Sweep.Training.Models;

/// <summary>All models, by the name that sweep files use.</summary>
public static class ModelRegistry
{
    public static IReadOnlyList<ModelDefinition> All { get; } =
    [
        .. new[]
        {
            MultilayerPerceptron.Definition,
            LinearModel.Definition,
            ConvolutionalNetwork.Definition,
            ResidualNetwork.Definition,
            RecurrentModel.Lstm,
            RecurrentModel.Gru,
            TransformerModel.Definition,
        }.Select(Initialisation.Choosable).Select(Checked),
    ];

    /// <summary>The model of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ModelDefinition Get(string name) =>
        All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"model {name} is not one of {string.Join(", ", All.Select(m => m.Name))}", nameof(name));

    private static ModelDefinition Checked(ModelDefinition model) => model with
    {
        Build = (inputs, outputs, settings, generator) => model.FindError(settings) is { } error
            ? throw new TrainingException($"task.{error.Setting}: {error.Message}")
            : model.Build(inputs, outputs, settings, generator),
    };
}
