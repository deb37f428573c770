using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>The activations that models know, by their names in sweep files.</summary>
internal static class Activations
{
    public static Setting Setting(string description) =>
        new("activation", SettingKind.Choice, description) { Default = "relu", Choices = ["relu", "tanh", "gelu", "sigmoid"] };

    public static torch.nn.Module Create(string name) => name switch
    {
        "relu" => torch.nn.ReLU(),
        "tanh" => torch.nn.Tanh(),
        "gelu" => torch.nn.GELU(),
        "sigmoid" => torch.nn.Sigmoid(),
        _ => throw new ArgumentException($"activation {name} is not one of relu, tanh, gelu, sigmoid", nameof(name)),
    };
}
