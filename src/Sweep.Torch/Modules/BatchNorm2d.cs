namespace Sweep.Torch.Modules;

/// <summary>Batch normalisation of the channels of [rows, channels, height, width], over all rows and pixels.</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long channels, double epsilon, double momentum)
        : base(channels, epsilon, momentum)
    {
    }
}
