using Sweep.Torch;
using Sweep.Training.Settings;

namespace Sweep.Training.Models;

/// <summary>Fully connected layers with an activation between them, initialised as PyTorch initialises Linear.</summary>
internal static class MultilayerPerceptron
{
    public static ModelDefinition Definition { get; } = new(
        "mlp",
        "Fully connected layers with an activation after each but the last.",
        [
            new("hidden", SettingKind.IntegerList, "The widths of the hidden layers.") { Default = new List<long> { 128, 64 }, Minimum = 1 },
            new("activation", SettingKind.Choice, "What follows each hidden layer.") { Default = "relu", Choices = ["relu", "tanh", "gelu", "sigmoid"] },
        ],
        Build);

    private static Torch.Modules.Sequential Build(long inputs, long outputs, SettingValues settings, torch.Generator generator)
    {
        var modules = new List<torch.nn.Module>();
        var width = inputs;
        foreach (var next in settings.Integers("hidden"))
        {
            modules.Add(torch.nn.Linear(width, next, generator));
            modules.Add(Activation(settings.Text("activation")));
            width = next;
        }
        modules.Add(torch.nn.Linear(width, outputs, generator));
        return torch.nn.Sequential([.. modules]);
    }

    private static torch.nn.Module Activation(string name) => name switch
    {
        "relu" => torch.nn.ReLU(),
        "tanh" => torch.nn.Tanh(),
        "gelu" => torch.nn.GELU(),
        "sigmoid" => torch.nn.Sigmoid(),
        _ => throw new ArgumentException($"activation {name} is not one of relu, tanh, gelu, sigmoid", nameof(name)),
    };
}
