using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>Fully connected layers, initialised as PyTorch initialises Linear; between them batch normalisation (if wanted), an activation and dropout.</summary>
internal static class MultilayerPerceptron
{
    public static ModelDefinition Definition { get; } = new(
        "mlp",
        "Fully connected layers with an activation after each but the last.",
        [
            new("hidden", SettingKind.IntegerList, "The widths of the hidden layers.") { Default = new List<long> { 128, 64 }, Minimum = 1 },
            Activations.Setting("What follows each hidden layer."),
            new("dropout", SettingKind.Number, "The probability of dropping an output of a hidden layer.") { Default = 0.0, Minimum = 0, Maximum = 1, MaximumExclusive = true },
            new("batch_norm", SettingKind.Boolean, "Batch normalisation (Ioffe & Szegedy 2015) before each activation.") { Default = false },
        ],
        Build);

    private static Torch.Modules.Sequential Build(long inputs, long outputs, SettingValues settings, torch.Generator generator)
    {
        var modules = new List<torch.nn.Module>();
        var width = inputs;
        foreach (var next in settings.Integers("hidden"))
        {
            modules.Add(torch.nn.Linear(width, next, generator));
            if (settings.Boolean("batch_norm"))
            {
                modules.Add(torch.nn.BatchNorm1d(next));
            }
            modules.Add(Activations.Create(settings.Text("activation")));
            if (settings.Number("dropout") is > 0 and var dropout)
            {
                modules.Add(torch.nn.Dropout(dropout));
            }
            width = next;
        }
        modules.Add(torch.nn.Linear(width, outputs, generator));
        return torch.nn.Sequential([.. modules]);
    }
}
