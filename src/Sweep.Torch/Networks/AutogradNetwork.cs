namespace Sweep.Torch;

/// <summary>Any module, by recording its operations: slower, and the reference for the compiled networks.</summary>
internal sealed class AutogradNetwork(torch.nn.Module module, BatchSource source, int chunk) : INetwork
{
    public FlatParameters Parameters { get; } = FlatParameters.Of(module.parameters());

    public BatchLoss Gradient(ReadOnlySpan<int> rows)
    {
        Parameters.Gradients.zero_();
        var total = default(BatchLoss);
        for (var start = 0; start < rows.Length; start += chunk)
        {
            using var scope = torch.NewDisposeScope();
            var (loss, part) = Forward(rows[start..Math.Min(rows.Length, start + chunk)]);
            (loss / rows.Length).backward();
            total = new BatchLoss(total.LossSum + part.LossSum, total.Correct + part.Correct);
        }
        return total;
    }

    public BatchLoss Evaluate(ReadOnlySpan<int> rows)
    {
        using var quiet = torch.no_grad();
        var total = default(BatchLoss);
        for (var start = 0; start < rows.Length; start += chunk)
        {
            using var scope = torch.NewDisposeScope();
            var (_, part) = Forward(rows[start..Math.Min(rows.Length, start + chunk)]);
            total = new BatchLoss(total.LossSum + part.LossSum, total.Correct + part.Correct);
        }
        return total;
    }

    public void Dispose()
    {
        // The module and its parameters are the caller's.
    }

    private (torch.Tensor Loss, BatchLoss Sums) Forward(ReadOnlySpan<int> rows)
    {
        var (data, labels) = source.Batch(rows);
        var logits = module.forward(data);
        var loss = torch.nn.functional.cross_entropy(logits, labels, torch.nn.Reduction.Sum);
        var correct = logits.argmax(1).eq(labels).sum();
        return (loss, new BatchLoss(loss.item<double>(), correct.item<long>()));
    }
}
