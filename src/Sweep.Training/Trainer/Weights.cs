using Sweep.Torch;

namespace Sweep.Training;

/// <summary>The trained weights with their running statistics, moving average and norm limit.</summary>
internal sealed class Weights : IDisposable
{
    private readonly FlatParameters _parameters;
    private readonly torch.Tensor[] _buffers;
    private readonly torch.Tensor[] _limited;
    private readonly torch.Tensor? _average;
    private readonly double _decay;
    private readonly double _maxNorm;

    /// <summary>Creates the weights of a new network.</summary>
    /// <param name="module">The network's module.</param>
    /// <param name="parameters">The network's.</param>
    /// <param name="decay">The decay of the exponential moving average that is evaluated; 0 for none.</param>
    /// <param name="maxNorm">The largest norm of a unit's incoming weights; infinite for none.</param>
    public Weights(torch.nn.Module module, FlatParameters parameters, double decay, double maxNorm)
    {
        (_parameters, _decay, _maxNorm) = (parameters, decay, maxNorm);
        _buffers = [.. module.buffers()];
        _limited = double.IsFinite(maxNorm) ? [.. parameters.Parameters.Where(p => p.dim() > 1)] : [];
        _average = decay > 0 ? Copy(parameters.Values) : null;
    }

    /// <summary>Limits the norm of each unit's incoming weights; called after an optimizer step.</summary>
    public void ClipNorms()
    {
        foreach (var weight in _limited)
        {
            Averages.ClipRows(weight, _maxNorm);
        }
    }

    /// <summary>Updates the moving average; called after an optimizer step, with the parameters at its evaluation point.</summary>
    public void Average()
    {
        if (_average is not null)
        {
            Averages.Into(_average, _parameters.Values, _decay);
        }
    }

    /// <summary>Runs with the moving average in place of the weights, if there is one.</summary>
    public T WithAverage<T>(Func<T> body)
    {
        if (_average is null)
        {
            return body();
        }
        using var quiet = torch.no_grad();
        using var current = Copy(_parameters.Values);
        _parameters.Values.copy_(_average);
        try
        {
            return body();
        }
        finally
        {
            _parameters.Values.copy_(current);
        }
    }

    /// <summary>Serialises parameters, average and buffers, in that order.</summary>
    public byte[] Save() => _average is null && _buffers.Length == 0 ? _parameters.Save() : [.. All().SelectMany(TensorBytes.Of)];

    /// <summary>Restores what <see cref="Save"/> returned.</summary>
    /// <exception cref="TrainingException">It is of another size.</exception>
    public void Load(byte[] bytes)
    {
        var expected = All().Sum(TensorBytes.Count);
        if (bytes.Length != expected)
        {
            throw new TrainingException($"the checkpoint holds {bytes.Length} bytes of weights, the network {expected}");
        }
        var start = 0;
        foreach (var tensor in All())
        {
            var count = TensorBytes.Count(tensor);
            TensorBytes.Load(tensor, bytes.AsSpan(start, count));
            start += count;
        }
    }

    public void Dispose() => _average?.Dispose();

    private static torch.Tensor Copy(torch.Tensor tensor)
    {
        using var quiet = torch.no_grad();
        return tensor.clone().DetachFromDisposeScope();
    }

    private IEnumerable<torch.Tensor> All() => [_parameters.Values, .. _average is null ? Array.Empty<torch.Tensor>() : [_average], .. _buffers];
}
