using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>A transformer encoder (Vaswani et al. 2017) over a row taken as a sequence; the mean over its places is classified.</summary>
/// <remarks>Layers are PyTorch's TransformerEncoderLayer. Normalised before each part, the sum of them all is normalised once more at the end.</remarks>
internal static class TransformerModel
{
    private const string Before = "before";
    private const string Learned = "learned";

    public static ModelDefinition Definition { get; } = new(
        "transformer",
        "Encoder layers of a transformer over a row as a sequence, the mean over its places, fully connected.",
        [
            new("width", SettingKind.Integer, "The elements of a place between the layers; the heads divide it.") { Default = 64L, Minimum = 1 },
            new("heads", SettingKind.Integer, "Heads of the self-attention.") { Default = 4L, Minimum = 1 },
            new("layers", SettingKind.Integer, "How many encoder layers there are.") { Default = 2L, Minimum = 1, Maximum = 100 },
            new("feed_forward", SettingKind.Integer, "The width of the fully connected layer within each.") { Default = 128L, Minimum = 1 },
            new("dropout", SettingKind.Number, "The probability of dropping an element: of the embedded places, the attention, and each part's output.") { Default = 0.0, Minimum = 0, Maximum = 1, MaximumExclusive = true },
            new("norm", SettingKind.Choice, "Layer normalisation before each part (Xiong et al. 2020), or after its addition (Vaswani et al. 2017).") { Default = Before, Choices = [Before, "after"] },
            new("positions", SettingKind.Choice, "What tells places apart: fixed sines and cosines, or a learned vector each.") { Default = "sinusoidal", Choices = ["sinusoidal", Learned] },
            SequenceShape.Setting,
            Activations.Setting("What follows the first of the two fully connected layers."),
        ],
        Build)
    {
        FindError = settings => settings.Integer("width") % settings.Integer("heads") == 0
            ? null
            : new ModelError("heads", $"a width of {settings.Integer("width")} cannot be shared evenly by {settings.Integer("heads")} heads"),
        HasBFloat16 = _ => false,
    };

    private static Torch.Modules.Sequential Build(long inputs, long outputs, SettingValues settings, torch.Generator generator)
    {
        var shape = SequenceShape.Of(inputs, settings);
        var (width, dropout, before) = (settings.Integer("width"), settings.Number("dropout"), settings.Text("norm") == Before);
        var modules = new List<torch.nn.Module>
        {
            torch.nn.Unflatten(shape.Length, shape.Width),
            torch.nn.Linear(shape.Width, width, generator),
            torch.nn.PositionalEncoding(shape.Length, width, settings.Text("positions") == Learned ? generator : null),
        };
        if (dropout > 0)
        {
            modules.Add(torch.nn.Dropout(dropout));
        }
        for (var layer = 0L; layer < settings.Integer("layers"); layer++)
        {
            modules.Add(torch.nn.TransformerEncoderLayer(
                width, settings.Integer("heads"), settings.Integer("feed_forward"), generator, dropout, Activations.Create(settings.Text("activation")), before));
        }
        if (before)
        {
            modules.Add(torch.nn.LayerNorm(width));
        }
        modules.AddRange([torch.nn.MeanPlace(), torch.nn.Linear(width, outputs, generator)]);
        return torch.nn.Sequential([.. modules]);
    }
}
