using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>Convolutions in blocks, each block ended by max-pooling, then fully connected layers.</summary>
/// <remarks>
/// By default: conv 3×3 ×32, conv 3×3 ×64, max-pool 2, dropout 0.25, dense 128, dropout 0.5, dense; relu after all but the last.
/// Initialised as PyTorch initialises Conv2d and Linear.
/// </remarks>
internal static class ConvolutionalNetwork
{
    public static ModelDefinition Definition { get; } = new(
        "cnn",
        "Convolutions with an activation each, max-pooling after every few of them, then fully connected layers.",
        [
            new("channels", SettingKind.IntegerList, "The channels of the convolutions, one after another.") { Default = new List<long> { 32, 64 }, Minimum = 1 },
            new("kernel", SettingKind.Integer, "The height and width of their kernels.") { Default = 3L, Minimum = 1, Maximum = 15 },
            new("padding", SettingKind.Choice, "valid: an image shrinks by kernel - 1; same: it keeps its size (odd kernels).") { Default = "valid", Choices = ["valid", "same"] },
            new("block", SettingKind.Integer, "Convolutions in a block, after which is pooled; the last block may have fewer.") { Default = 2L, Minimum = 1 },
            new("pool", SettingKind.Integer, "The height and width of a pooling window; 1 pools nothing.") { Default = 2L, Minimum = 1, Maximum = 16 },
            new("block_dropout", SettingKind.Number, "The probability of dropping an output of a block.") { Default = 0.25, Minimum = 0, Maximum = 1, MaximumExclusive = true },
            new("dense", SettingKind.IntegerList, "The widths of the fully connected layers before the last.") { Default = new List<long> { 128 }, Minimum = 1 },
            new("dropout", SettingKind.Number, "The probability of dropping an output of these layers.") { Default = 0.5, Minimum = 0, Maximum = 1, MaximumExclusive = true },
            new("batch_norm", SettingKind.Boolean, "Batch normalisation (Ioffe & Szegedy 2015) between each convolution and its activation.") { Default = false },
            Activations.Setting("What follows each layer but the last."),
            ImageShape.Setting,
        ],
        Build)
    {
        HasBFloat16 = settings => !settings.Boolean("batch_norm"),
    };

    private static Torch.Modules.Sequential Build(long inputs, long outputs, SettingValues settings, torch.Generator generator)
    {
        var image = ImageShape.Of(inputs, settings);
        var (kernel, window, block) = (settings.Integer("kernel"), settings.Integer("pool"), settings.Integer("block"));
        var padding = settings.Text("padding") == "same" ? kernel / 2 : 0;
        var (channels, height, width) = (image.Channels, image.Height, image.Width);
        var all = settings.Integers("channels");
        var modules = new List<torch.nn.Module> { torch.nn.Unflatten(channels, height, width) };
        foreach (var (i, next) in all.Index())
        {
            modules.Add(torch.nn.Conv2d(channels, next, kernel, generator, padding));
            if (settings.Boolean("batch_norm"))
            {
                modules.Add(torch.nn.BatchNorm2d(next));
            }
            modules.Add(Activations.Create(settings.Text("activation")));
            (channels, height, width) = (next, height + (2 * padding) - kernel + 1, width + (2 * padding) - kernel + 1);
            if ((i + 1) % block != 0 && i + 1 < all.Count)
            {
                continue;
            }
            if (window > 1)
            {
                modules.Add(torch.nn.MaxPool2d(window));
                (height, width) = (height / window, width / window);
            }
            var last = i + 1 == all.Count;
            modules.AddRange([.. last ? [torch.nn.Flatten()] : Array.Empty<torch.nn.Module>(), .. Dropout(settings, "block_dropout")]);
            ThrowIfTooSmall(height, width, image);
        }
        ThrowIfTooSmall(height, width, image);
        var features = channels * height * width;
        foreach (var next in settings.Integers("dense"))
        {
            modules.AddRange([torch.nn.Linear(features, next, generator), Activations.Create(settings.Text("activation")), .. Dropout(settings, "dropout")]);
            features = next;
        }
        modules.Add(torch.nn.Linear(features, outputs, generator));
        return torch.nn.Sequential([.. modules]);
    }

    private static torch.nn.Module[] Dropout(SettingValues settings, string name) =>
        settings.Number(name) is > 0 and var probability ? [torch.nn.Dropout(probability)] : [];

    private static void ThrowIfTooSmall(long height, long width, ImageShape image)
    {
        if (height < 1 || width < 1)
        {
            throw new TrainingException($"task.channels: an image of {image.Height} by {image.Width} is too small for so many convolutions and poolings");
        }
    }
}
