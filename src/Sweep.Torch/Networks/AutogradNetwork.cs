using Sweep.Torch.Interop;
using Sweep.Torch.Modules;

namespace Sweep.Torch;

/// <summary>Any module, by recording its operations: slower, and the reference for the compiled networks.</summary>
/// <remarks>The only one for other devices than the processor: batches and weights are copied there, gradients back.</remarks>
internal sealed class AutogradNetwork(torch.nn.Module module, BatchSource source, NetworkOptions options) : INetwork
{
    private const int Top = 5;
    private const long NoStep = -1;

    private readonly Dropout[] _dropouts = [.. module.modules().OfType<Dropout>()];
    private readonly BatchNorm[] _norms = [.. module.modules().OfType<BatchNorm>()];
    private readonly DeviceMirror? _mirror = options.Device == Devices.Cpu ? null : DeviceMirror.Of(module, options.Device);

    public FlatParameters Parameters { get; } =
        options.Device == Devices.Cpu ? FlatParameters.Of(module.parameters()) : DeviceMirror.Of(module, options.Device).Parameters;

    public BatchLoss Gradient(ReadOnlySpan<int> rows, long step = 0, Augmentation? augmentation = null)
    {
        Parameters.Gradients.zero_();
        _mirror?.ClearGradients();
        _mirror?.Upload();
        module.train();
        var total = default(BatchLoss);
        for (var start = 0; start < rows.Length; start += options.Chunk)
        {
            using var scope = torch.NewDisposeScope();
            BeginDropouts(step, start);
            var (logits, labels) = Forward(rows[start..Math.Min(rows.Length, start + options.Chunk)], augmentation);
            var loss = Loss(logits, labels, options.LabelSmoothing);
            (loss / rows.Length).backward();
            total += Measure(loss, logits, labels, top5: false);
        }
        _mirror?.Download();
        return total;
    }

    public BatchLoss Evaluate(ReadOnlySpan<int> rows)
    {
        using var quiet = torch.no_grad();
        _mirror?.Upload();
        module.eval();
        var total = default(BatchLoss);
        for (var start = 0; start < rows.Length; start += options.Chunk)
        {
            using var scope = torch.NewDisposeScope();
            var (logits, labels) = Forward(rows[start..Math.Min(rows.Length, start + options.Chunk)], augmentation: null);
            total += Measure(Loss(logits, labels, smoothing: 0), logits, labels, top5: true);
        }
        return total;
    }

    public void TakeStatistics(ReadOnlySpan<int> rows, int batch, Augmentation? augmentation = null)
    {
        using var quiet = torch.no_grad();
        _mirror?.Upload();
        module.train();
        for (var start = 0; start < rows.Length; start += batch)
        {
            using var scope = torch.NewDisposeScope();
            BeginDropouts(NoStep, start);
            SetShare(1.0 / ((start / batch) + 1));
            Forward(rows[start..Math.Min(rows.Length, start + batch)], augmentation);
        }
        SetShare(null);
    }

    public void Dispose()
    {
        // The module and its parameters are the caller's.
    }

    private void BeginDropouts(long step, int start)
    {
        foreach (var (layer, dropout) in _dropouts.Index())
        {
            dropout.Begin(options.Seed, step, layer, start);
        }
    }

    private void SetShare(double? share) => Array.ForEach(_norms, n => n.Share = share);

    private (torch.Tensor Logits, torch.Tensor Labels) Forward(ReadOnlySpan<int> rows, Augmentation? augmentation)
    {
        var (data, labels) = source.Batch(rows, augmentation);
        return _mirror is null
            ? (module.forward(data), labels)
            : (module.forward(data.to(_mirror.Device)), labels.to(_mirror.Device));
    }

    private BatchLoss Measure(torch.Tensor loss, torch.Tensor logits, torch.Tensor labels, bool top5)
    {
        if (source.HasTargets)
        {
            var (outputs, targets) = (logits.data<float>(), labels.data<float>());
            return new BatchLoss(loss.item<double>(), 0, Absolute: outputs.Zip(targets).Sum(p => Math.Abs((double)p.First - p.Second)));
        }
        var correct = logits.argmax(1).eq(labels).sum().item<long>();
        return new BatchLoss(loss.item<double>(), correct, top5 ? CountTop(logits.data<float>(), labels.data<long>()) : 0);
    }

    private torch.Tensor Loss(torch.Tensor logits, torch.Tensor labels, double smoothing)
    {
        if (source.HasTargets)
        {
            return torch.nn.functional.mse_loss(logits.view(-1), labels, torch.nn.Reduction.Sum);
        }
        if (options.Loss == LossKind.CrossEntropy)
        {
            return torch.nn.functional.cross_entropy(logits, labels, torch.nn.Reduction.Sum, smoothing);
        }
        var classes = source.Classes;
        var target = new float[labels.numel() * classes];
        Array.Fill(target, (float)(smoothing / classes));
        foreach (var (row, label) in labels.data<long>().Index())
        {
            target[(row * classes) + label] += (float)(1 - smoothing);
        }
        return torch.nn.functional.mse_loss(logits, new torch.Tensor(Native.ToDeviceOf(torch.tensor(target).view(-1, classes).Handle, logits.Handle)), torch.nn.Reduction.Sum) / classes;
    }

    private static long CountTop(float[] logits, long[] labels)
    {
        var classes = logits.Length / labels.Length;
        return labels.Index().LongCount(l =>
        {
            var row = logits.AsSpan(l.Index * classes, classes);
            var above = 0;
            for (var j = 0; j < classes; j++)
            {
                above += row[j] > row[(int)l.Item] || (row[j] == row[(int)l.Item] && j < l.Item) ? 1 : 0;
            }
            return above < Top;
        });
    }
}
