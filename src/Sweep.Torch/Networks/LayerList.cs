using Sweep.Torch.Interop;
using Sweep.Torch.Modules;

namespace Sweep.Torch;

/// <summary>A module as the native plan's layers: activations belong to the layer before them.</summary>
internal sealed class LayerList
{
    private const int TensorsPerLayer = 4;

    private readonly List<(LayerSpec Spec, torch.Tensor?[] Tensors)> _layers = [];
    private int _dropouts;

    private LayerList()
    {
    }

    /// <summary>Channels, height and width of a row, when the first layers take images.</summary>
    public IReadOnlyList<long>? Image { get; private set; }

    /// <summary>Weight, bias, mean and variance of each layer.</summary>
    public IEnumerable<torch.Tensor?> Tensors => _layers.SelectMany(l => l.Tensors);

    /// <summary>Null when there is anything else than the layers known.</summary>
    public static LayerList? Of(torch.nn.Module module)
    {
        var list = new LayerList();
        var all = (module is Sequential sequential ? sequential.Children : [module]).All(list.Add);
        return all && list._layers is [.., ({ Kind: LayerKind.Dense, Activation: Activation.None }, _)]
            && module.parameters().All(p => p.dtype == torch.float32) ? list : null;
    }

    /// <summary>The layers, with the addresses of their tensors.</summary>
    public LayerSpec[] Specs(nint[] pointers) => [.. _layers.Select((layer, i) =>
    {
        var at = i * TensorsPerLayer;
        var spec = layer.Spec;
        (spec.Weight, spec.Bias, spec.Mean, spec.Variance) = (pointers[at], pointers[at + 1], pointers[at + 2], pointers[at + 3]);
        return spec;
    }),
    ];

    private bool Add(torch.nn.Module module)
    {
        switch (module)
        {
            case Unflatten { Sizes: [_, _, _] } unflatten when _layers.Count == 0 && Image is null:
                Image = unflatten.Sizes;
                return true;
            case Linear linear:
                return Append(new() { Kind = LayerKind.Dense }, linear.weight, linear.bias);
            case Conv2d { Stride: 1 } conv when Image is not null:
                return Append(new() { Kind = LayerKind.Convolution, Size = conv.Padding }, conv.weight, conv.bias);
            case MaxPool2d pool when Image is not null:
                return AddPool(pool);
            case Flatten when Image is not null:
                return Append(new() { Kind = LayerKind.Flatten });
            case Dropout dropout:
                return Append(new() { Kind = LayerKind.Dropout, Size = _dropouts++, Value = dropout.Probability });
            case BatchNorm1d norm:
                return Append(new() { Kind = LayerKind.Norm, Value = norm.Momentum, Epsilon = norm.Epsilon }, norm.weight, norm.bias, norm.running_mean, norm.running_var);
            default:
                return Known(module) is { } activation && Activate(activation);
        }
    }

    private bool Append(LayerSpec spec, params torch.Tensor?[] tensors)
    {
        Array.Resize(ref tensors, TensorsPerLayer);
        _layers.Add((spec, tensors));
        return true;
    }

    // relu and max-pooling may change places, with the same values and gradients: then relu has a quarter to do.
    private bool AddPool(MaxPool2d pool)
    {
        var after = Activation.None;
        if (_layers is [.., ({ Kind: LayerKind.Convolution, Activation: Activation.Relu } spec, var tensors)])
        {
            after = Activation.Relu;
            spec.Activation = Activation.None;
            _layers[^1] = (spec, tensors);
        }
        return Append(new() { Kind = LayerKind.Pool, Size = pool.Window, Activation = after });
    }

    private bool Activate(Activation activation)
    {
        if (_layers is not [.., ({ Kind: LayerKind.Dense or LayerKind.Convolution or LayerKind.Norm, Activation: Activation.None } spec, var tensors)])
        {
            return false;
        }
        spec.Activation = activation;
        _layers[^1] = (spec, tensors);
        return true;
    }

    private static Activation? Known(torch.nn.Module module) => module switch
    {
        ReLU => Activation.Relu,
        Tanh => Activation.Tanh,
        Sigmoid => Activation.Sigmoid,
        GELU => Activation.Gelu,
        _ => null,
    };
}
