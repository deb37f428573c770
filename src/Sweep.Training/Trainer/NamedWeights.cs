namespace Sweep.Training;

/// <summary>A tensor of a network that was trained: float32, in the order of rows.</summary>
/// <param name="Name">Its path, as PyTorch names it in an equal <c>nn.Sequential</c>: <c>0.weight</c>.</param>
public sealed record NamedWeights(string Name, IReadOnlyList<long> Shape, float[] Values);
