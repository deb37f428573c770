namespace Sweep.Training.Data;

/// <summary>The content of an IDX file of images.</summary>
internal sealed record IdxImages(int Count, int Height, int Width, byte[] Pixels, PixelSums Sums, DataFile File);
