using System.Buffers.Binary;
using System.IO.Compression;
using Sweep.Training.Data;

namespace Sweep.Training.Tests.Data;

/// <summary>A temporary folder of small IDX files.</summary>
internal sealed class IdxFolder : IDisposable
{
    public const string TrainImages = "train-images-idx3-ubyte.gz";
    public const string TrainLabels = "train-labels-idx1-ubyte.gz";

    public string Path { get; } = Directory.CreateTempSubdirectory("sweep-idx-").FullName;

    public static byte[] Images(int count, int height = 2, int width = 3) =>
        Idx([count, height, width], [.. Enumerable.Range(0, count * height * width).Select(i => (byte)(i * 7))]);

    public static byte[] Labels(params byte[] labels) => Idx([labels.Length], labels);

    public static byte[] Idx(int[] sizes, byte[] content)
    {
        var header = new byte[4 * (1 + sizes.Length)];
        BinaryPrimitives.WriteInt32BigEndian(header, 0x800 + sizes.Length);
        for (var i = 0; i < sizes.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * (1 + i)), sizes[i]);
        }

        return [.. header, .. content];
    }

    public static byte[] Gzip(byte[] content)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    public string Write(string name, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Four images of classes 0, 1, 2, 1 and two test images.</summary>
    public IdxFolder WithGoodFiles()
    {
        Write(TrainImages, Gzip(Images(4)));
        Write(TrainLabels, Gzip(Labels(0, 1, 2, 1)));
        Write("t10k-images-idx3-ubyte.gz", Gzip(Images(2)));
        Write("t10k-labels-idx1-ubyte.gz", Gzip(Labels(2, 0)));
        return this;
    }

    public Dataset Load() => DatasetRegistry.Load($"idx:{Path}", new DatasetLocations(null, Path));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
