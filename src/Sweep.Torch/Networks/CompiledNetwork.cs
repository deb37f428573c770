using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>Layers that the native plan knows, with their training step written out: one native call does all of it.</summary>
internal sealed class CompiledNetwork : INetwork
{
    private readonly PlanHandle _plan;

    private CompiledNetwork(FlatParameters parameters, PlanHandle plan)
    {
        Parameters = parameters;
        _plan = plan;
    }

    public FlatParameters Parameters { get; }

    /// <summary>Null when the module holds something that the plan does not know.</summary>
    public static CompiledNetwork? TryCompile(torch.nn.Module module, BatchSource source, NetworkOptions options)
    {
        if (LayerList.Of(module) is not { } layers)
        {
            return null;
        }
        var parameters = FlatParameters.Of(module.parameters());
        using var held = new HandleArray(layers.Tensors);
        var image = layers.Image ?? [source.Features, 1, 1];
        var plan = Native.CreatePlan(source.Handle, layers.Specs(held.Pointers), new PlanOptions
        {
            Channels = image[0],
            Height = image[1],
            Width = image[2],
            Chunk = options.Chunk,
            Seed = options.Seed,
            Smoothing = options.LabelSmoothing,
            Loss = (int)options.Loss,
            BFloat16 = options.Precision == Precision.BFloat16 ? 1 : 0,
        });
        return new CompiledNetwork(parameters, plan);
    }

    public BatchLoss Gradient(ReadOnlySpan<int> rows, long step = 0, Augmentation? augmentation = null) => Native.PlanGradient(_plan, rows, step, augmentation);

    public BatchLoss Evaluate(ReadOnlySpan<int> rows) => Native.PlanEvaluate(_plan, rows);

    public void TakeStatistics(ReadOnlySpan<int> rows, int batch, Augmentation? augmentation = null) => Native.PlanStatistics(_plan, rows, batch, augmentation);

    /// <summary>Seconds since the network was made.</summary>
    public PlanTimes Times() => Native.GetPlanTimes(_plan);

    public void Dispose() => _plan.Dispose();
}
