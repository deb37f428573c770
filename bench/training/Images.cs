using Sweep.Torch;
using Sweep.Training.Randomness;

namespace Sweep.Bench.Training;

/// <summary>60,000 made-up images of 784 bytes in 10 classes: as large as Fashion-MNIST, and the same wherever this runs.</summary>
internal sealed class Images : IDisposable
{
    public const int Rows = 60_000;
    public const int Features = 784;
    public const int Classes = 10;

    public Images(int rows = Rows)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(rows * Features, pinned: true);
        var labels = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = (int)(Seeds.Mix((ulong)row) % Classes);
            for (var i = 0; i < Features; i += sizeof(ulong))
            {
                var noise = Seeds.Mix(((ulong)row << 20) + (ulong)i);
                var signal = Seeds.Mix(((ulong)labels[row] << 40) + (ulong)i);
                BitConverter.TryWriteBytes(pixels.AsSpan((row * Features) + i), ((noise >> 1) & 0x7F7F7F7F7F7F7F7F) + ((signal >> 2) & 0x3F3F3F3F3F3F3F3F));
            }
        }
        Data = torch.from_memory<byte>(pixels, rows, Features);
        Labels = torch.from_array(labels);
        Source = new BatchSource(Data, Labels, Classes, scale: 1 / (255 * 0.353), shift: -0.286 / 0.353);
    }

    public torch.Tensor Data { get; }

    public torch.Tensor Labels { get; }

    public BatchSource Source { get; }

    public void Dispose()
    {
        Source.Dispose();
        Data.Dispose();
        Labels.Dispose();
    }
}
