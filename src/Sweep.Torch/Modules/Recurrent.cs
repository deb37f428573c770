using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>One layer of an LSTM or a GRU over [rows, length, features], with PyTorch's parameters: uniform within ±1/√width at the start.</summary>
public sealed class Recurrent : torch.nn.Module
{
    private const int LstmGates = 4;
    private const int GruGates = 3;

    private readonly (string Name, torch.Tensor Parameter)[] _parameters;
    private readonly long _width;
    private readonly bool _gru;

    internal Recurrent(long inputs, long width, bool gru, torch.Generator generator)
    {
        (_width, _gru) = (width, gru);
        var rows = width * (gru ? GruGates : LstmGates);
        var bound = 1 / Math.Sqrt(width);
        _parameters =
        [
            .. new (string Name, long[] Shape)[] { ("weight_ih", [rows, inputs]), ("weight_hh", [rows, width]), ("bias_ih", [rows]), ("bias_hh", [rows]) }
                .Select(p => (p.Name, Uniform(p.Shape, bound, generator))),
        ];
    }

    /// <summary>The outputs at all places: [rows, length, width].</summary>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var handles = new HandleArray(_parameters.Select(p => p.Parameter));
        return new torch.Tensor(Native.Recurrent(input.Handle, handles.Pointers, _width, _gru));
    }

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() => _parameters;

    private static torch.Tensor Uniform(long[] shape, double bound, torch.Generator generator)
    {
        var parameter = torch.zeros(shape).DetachFromDisposeScope();
        torch.nn.init.uniform_(parameter, -bound, bound, generator);
        parameter.requires_grad = true;
        return parameter;
    }
}
