using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>A data set as training reads it: rows gathered by index, converted and normalised in one native pass.</summary>
/// <remarks>The data stay where they are and are never written: any number of trials share them.</remarks>
public sealed class BatchSource : IDisposable
{
    /// <summary>Looks at the data; copies the labels unless they are int32.</summary>
    /// <param name="data">uint8 or float32, [rows, features], contiguous.</param>
    /// <param name="labels">Whole numbers in [0, classes), [rows].</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="scale">A network sees element × scale + shift. For bytes with mean m and deviation s of pixel/255: 1/(255 s).</param>
    /// <param name="shift">In that example: −m/s.</param>
    /// <exception cref="TorchException">Shapes, types or labels do not fit.</exception>
    public BatchSource(torch.Tensor data, torch.Tensor labels, long classes, double scale = 1, double shift = 0)
    {
        Handle = Native.CreateSource(data.Handle, labels.Handle, classes, scale, shift);
        Rows = data.shape[0];
        Features = data.shape[1];
        Classes = classes;
    }

    public long Rows { get; }

    public long Features { get; }

    public long Classes { get; }

    internal SourceHandle Handle { get; }

    /// <summary>float32 [rows, features] and int64 [rows].</summary>
    public (torch.Tensor Data, torch.Tensor Labels) Batch(ReadOnlySpan<int> rows)
    {
        var (data, labels) = Native.Batch(Handle, rows);
        return (new torch.Tensor(data), new torch.Tensor(labels));
    }

    public void Dispose() => Handle.Dispose();
}
