using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>One fully connected layer: softmax regression, when the loss is cross-entropy.</summary>
internal static class LinearModel
{
    public static ModelDefinition Definition { get; } = new(
        "linear",
        "One fully connected layer.",
        [],
        (inputs, outputs, _, generator) => torch.nn.Sequential(torch.nn.Linear(inputs, outputs, generator)));
}
