namespace Sweep.Training.Data;

/// <summary>Images, or other rows of features, and their labels, in blocks that native code reads without a copy.</summary>
/// <remarks>Shared by every trial of a process: nobody writes to the arrays.</remarks>
public sealed class LabelledImages
{
    internal LabelledImages(byte[] pixels, long[] labels, IReadOnlyList<DataFile> files) =>
        (Pixels, Labels, Files) = (pixels, labels, files);

    internal LabelledImages(float[] values, long[] labels, IReadOnlyList<DataFile> files) =>
        (Pixels, Values, Labels, Files) = ([], values, labels, files);

    internal LabelledImages(int[] symbols, int window, IReadOnlyList<DataFile> files) =>
        (Pixels, Symbols, Labels, Files) = ([], symbols, Array.ConvertAll(symbols[window..], s => (long)s), files);

    /// <summary>How many images or rows there are; at least 1.</summary>
    public int Count => Labels.Length;

    /// <summary>Grey values 0 to 255, [n, height · width] row by row, in memory that the garbage collector never moves; empty when there are <see cref="Values"/>.</summary>
    public byte[] Pixels { get; }

    /// <summary>Features that are no bytes, [n, features] row by row, as networks see them; null for images.</summary>
    public float[]? Values { get; }

    /// <summary>A sequence whose windows are the rows, each symbol from 0; pinned too. Null for other sets.</summary>
    public int[]? Symbols { get; }

    /// <summary><see cref="Pixels"/> for readers that need no pinned array.</summary>
    public ReadOnlyMemory<byte> PixelMemory => Pixels;

    /// <summary>The class of each image or row, from 0, as libtorch's losses want them; never moved either.</summary>
    public long[] Labels { get; }

    /// <summary>The number to predict of each row; null where classes are predicted.</summary>
    public double[]? Targets { get; init; }

    /// <summary>The files that these come from; none for generated sets.</summary>
    public IReadOnlyList<DataFile> Files { get; }
}
