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
        (Rows, Features, Classes) = (data.shape[0], data.shape[1], classes);
    }

    private BatchSource(SourceHandle handle, long rows, long features, long classes) =>
        (Handle, Rows, Features, Classes) = (handle, rows, features, classes);

    public long Rows { get; }

    public long Features { get; }

    /// <summary>Outputs of a network: one for each class, or one for the number that is predicted.</summary>
    public long Classes { get; }

    /// <summary>Whether rows have numbers to predict, not labels: the loss is the squared distance to them, whatever the options say.</summary>
    public bool HasTargets => !Targets.IsEmpty;

    /// <summary>The numbers to predict, by row; empty where rows have labels.</summary>
    public ReadOnlyMemory<float> Targets { get; private init; }

    internal SourceHandle Handle { get; }

    /// <summary>Rows with a number each, for a network of one output.</summary>
    /// <param name="data">As for labels.</param>
    /// <param name="targets">float32, [rows], finite.</param>
    /// <param name="scale">As for labels.</param>
    /// <param name="shift">As for labels.</param>
    /// <exception cref="TorchException">Shapes or types do not fit, or a target is not finite.</exception>
    public static BatchSource OfTargets(torch.Tensor data, torch.Tensor targets, double scale = 1, double shift = 0) =>
        new(Native.CreateTargetSource(data.Handle, targets.Handle, scale, shift), data.shape[0], data.shape[1], 1) { Targets = targets.data<float>() };

    /// <summary>The windows of a sequence of symbols: row r is the symbols r to r + window − 1, one-hot, place by place; its label is the next.</summary>
    /// <param name="symbols">int32, [n], each in [0, classes). Nothing is copied: a row is written out when it is asked for.</param>
    /// <param name="window">Places of a row; less than n.</param>
    /// <param name="classes">How many symbols there are.</param>
    /// <exception cref="TorchException">Shapes or types do not fit, or a symbol is out of range.</exception>
    public static BatchSource OfWindows(torch.Tensor symbols, long window, long classes) =>
        new(Native.CreateWindowSource(symbols.Handle, window, classes), symbols.shape[0] - window, window * classes, classes);

    /// <summary>float32 [rows, features], and int64 labels or float32 targets [rows].</summary>
    public (torch.Tensor Data, torch.Tensor Labels) Batch(ReadOnlySpan<int> rows, Augmentation? augmentation = null)
    {
        var (data, labels) = Native.Batch(Handle, rows, augmentation);
        return (new torch.Tensor(data), new torch.Tensor(labels));
    }

    public void Dispose() => Handle.Dispose();
}
