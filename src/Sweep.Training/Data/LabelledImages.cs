namespace Sweep.Training.Data;

/// <summary>Images and their labels, in blocks that native code reads without a copy.</summary>
/// <remarks>Shared by every trial of a process: nobody writes to the arrays.</remarks>
public sealed class LabelledImages
{
    internal LabelledImages(byte[] pixels, long[] labels, IReadOnlyList<DataFile> files) =>
        (Pixels, Labels, Files) = (pixels, labels, files);

    /// <summary>How many images there are; at least 1.</summary>
    public int Count => Labels.Length;

    /// <summary>Grey values 0 to 255, [n, height · width] row by row, in memory that the garbage collector never moves.</summary>
    public byte[] Pixels { get; }

    /// <summary><see cref="Pixels"/> for readers that need no pinned array.</summary>
    public ReadOnlyMemory<byte> PixelMemory => Pixels;

    /// <summary>The class of each image, from 0, as libtorch's losses want them; never moved either.</summary>
    public long[] Labels { get; }

    /// <summary>The files that these come from.</summary>
    public IReadOnlyList<DataFile> Files { get; }
}
