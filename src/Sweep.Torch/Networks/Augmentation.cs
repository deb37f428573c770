using System.Runtime.InteropServices;

namespace Sweep.Torch;

/// <summary>How images are moved while a network is trained on them. Laid out as native/kernels.h has it.</summary>
/// <remarks>
/// Each row is moved by whole pixels, up to <see cref="Shift"/> either way in height and width, and mirrored one time in two with
/// <see cref="Flip"/>: a function of the key and the row's number alone. What comes in at an edge is a raw 0, before normalisation.
/// </remarks>
/// <param name="Channels">Of a row, whose channels follow each other.</param>
/// <param name="Height">Of an image.</param>
/// <param name="Width">Of an image.</param>
/// <param name="Shift">Less than height and width.</param>
/// <param name="Flip">1 to mirror left and right, else 0.</param>
/// <param name="Key">Another key moves all rows otherwise: one for each epoch of a training.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Augmentation(long Channels, long Height, long Width, long Shift, long Flip, ulong Key);
