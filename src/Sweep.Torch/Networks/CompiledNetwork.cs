using Sweep.Torch.Interop;
using Sweep.Torch.Modules;

namespace Sweep.Torch;

/// <summary>Fully connected layers with their training step written out: one native call does all of it.</summary>
internal sealed class CompiledNetwork : INetwork
{
    private readonly PlanHandle _plan;

    private CompiledNetwork(FlatParameters parameters, PlanHandle plan)
    {
        Parameters = parameters;
        _plan = plan;
    }

    // The order is that of native/kernels.h.
    private enum Activation
    {
        None,
        Relu,
        Tanh,
        Sigmoid,
        Gelu,
    }

    public FlatParameters Parameters { get; }

    /// <summary>Null when the module holds something that the plan does not know.</summary>
    public static CompiledNetwork? TryCompile(torch.nn.Module module, BatchSource source, int chunk)
    {
        if (Layers(module) is not { } layers || layers[^1].Activation != Activation.None)
        {
            return null;
        }
        var parameters = FlatParameters.Of(module.parameters());
        using var weights = new HandleArray(layers.Select(l => l.Linear.weight));
        using var biases = new HandleArray(layers.Select(l => l.Linear.bias));
        var plan = Native.CreatePlan(source.Handle, weights.Pointers, biases.Pointers, [.. layers.Select(l => (int)l.Activation)], chunk);
        return new CompiledNetwork(parameters, plan);
    }

    public BatchLoss Gradient(ReadOnlySpan<int> rows)
    {
        var (loss, correct) = Native.PlanGradient(_plan, rows);
        return new BatchLoss(loss, correct);
    }

    public BatchLoss Evaluate(ReadOnlySpan<int> rows)
    {
        var (loss, correct) = Native.PlanEvaluate(_plan, rows);
        return new BatchLoss(loss, correct);
    }

    public void Dispose() => _plan.Dispose();

    private static List<(Linear Linear, Activation Activation)>? Layers(torch.nn.Module module)
    {
        var layers = new List<(Linear Linear, Activation Activation)>();
        foreach (var child in module is Sequential sequential ? sequential.Children : [module])
        {
            if (child is Linear linear && linear.weight.dtype == torch.float32)
            {
                layers.Add((linear, Activation.None));
            }
            else if (Known(child) is { } activation && layers is [.., (var last, Activation.None)])
            {
                layers[^1] = (last, activation);
            }
            else
            {
                return null;
            }
        }
        return layers.Count == 0 ? null : layers;
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
