using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>A small residual network (He et al. 2015), by default the eight layers of MLPerf Tiny's: conv 16, blocks of 16, 32 and 64, mean, dense.</summary>
/// <remarks>
/// Each convolution is 3×3, keeps the size (padding 1) and is followed by batch normalisation, so it has no bias. A block is two of
/// them with the activation between and after the addition; the first block of each further stage halves the image, its shortcut
/// a 1×1 convolution with batch normalisation (option B).
/// </remarks>
internal static class ResidualNetwork
{
    private const int Kernel = 3;

    public static ModelDefinition Definition { get; } = new(
        "resnet8",
        "A residual network: a convolution, stages of basic blocks with batch normalisation, the mean of each channel, fully connected.",
        [
            new("channels", SettingKind.IntegerList, "The channels of the stages; the first convolution has those of the first.") { Default = new List<long> { 16, 32, 64 }, Minimum = 1 },
            new("blocks", SettingKind.Integer, "Basic blocks in a stage.") { Default = 1L, Minimum = 1, Maximum = 100 },
            new("dropout", SettingKind.Number, "The probability of dropping a channel's mean before the last layer.") { Default = 0.0, Minimum = 0, Maximum = 1, MaximumExclusive = true },
            Activations.Setting("What follows each convolution and each addition."),
            ImageShape.Setting,
        ],
        Build)
    {
        HasBFloat16 = _ => false,
    };

    private static Torch.Modules.Sequential Build(long inputs, long outputs, SettingValues settings, torch.Generator generator)
    {
        var image = ImageShape.Of(inputs, settings);
        torch.nn.Module Activation() => Activations.Create(settings.Text("activation"));
        torch.nn.Module[] Convolution(long from, long to, long stride, long kernel = Kernel) =>
            [torch.nn.Conv2d(from, to, kernel, generator, kernel / 2, stride, bias: false), torch.nn.BatchNorm2d(to)];
        var stages = settings.Integers("channels");
        var channels = stages.Count > 0 ? stages[0] : throw new TrainingException("task.channels: [] has no stage; give at least one");
        var modules = new List<torch.nn.Module>
        {
            torch.nn.Unflatten(image.Channels, image.Height, image.Width),
        };
        modules.AddRange([.. Convolution(image.Channels, channels, 1), Activation()]);
        foreach (var (stage, next) in stages.Index())
        {
            for (var block = 0L; block < settings.Integer("blocks"); block++)
            {
                var stride = stage > 0 && block == 0 ? 2 : 1;
                modules.Add(torch.nn.Residual(
                    torch.nn.Sequential([.. Convolution(channels, next, stride), Activation(), .. Convolution(next, next, 1)]),
                    stride == 1 && channels == next ? null : torch.nn.Sequential(Convolution(channels, next, stride, kernel: 1)),
                    Activation()));
                channels = next;
            }
        }
        modules.Add(torch.nn.GlobalAveragePool());
        if (settings.Number("dropout") is > 0 and var dropout)
        {
            modules.Add(torch.nn.Dropout(dropout));
        }
        modules.Add(torch.nn.Linear(channels, outputs, generator));
        return torch.nn.Sequential([.. modules]);
    }
}
