using Sweep.Torch;
using Sweep.Training.Randomness;

namespace Sweep.Training.Tests.Support;

/// <summary>Made-up images: bytes that are higher in the columns of their class, so that there is something to learn.</summary>
internal sealed class Blobs : IDisposable
{
    private readonly torch.Tensor _data;
    private readonly torch.Tensor _labels;

    public Blobs(int rows = 500, int features = 40, int classes = 4, ulong seed = 1)
    {
        var pixels = new byte[rows * features];
        var labels = new long[rows];
        for (var row = 0; row < rows; row++)
        {
            labels[row] = (long)(Seeds.Mix(seed + (ulong)row) % (ulong)classes);
            for (var i = 0; i < features; i++)
            {
                var noise = (int)(Seeds.Mix((seed << 50) + (ulong)((row * features) + i)) % 160);
                pixels[(row * features) + i] = (byte)(noise + (i % classes == labels[row] ? 60 : 0));
            }
        }
        _data = torch.from_memory<byte>(pixels, rows, features);
        _labels = torch.from_array(labels);
        Source = new BatchSource(_data, _labels, classes, 1 / (255 * 0.25), -1.2);
        Rows = rows;
    }

    public BatchSource Source { get; }

    public int Rows { get; }

    public void Dispose()
    {
        Source.Dispose();
        _data.Dispose();
        _labels.Dispose();
    }
}
