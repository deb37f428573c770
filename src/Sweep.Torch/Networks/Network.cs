namespace Sweep.Torch;

/// <summary>Turns a module and its data into the fastest network there is for it.</summary>
public static class Network
{
    /// <summary>Rows that are in memory as floats at a time, at most: larger batches go in parts, their gradients added up.</summary>
    public const int DefaultChunk = 1024;

    /// <summary>A network that minimises softmax cross-entropy.</summary>
    /// <param name="module">Owned by the caller, who keeps it for as long as the network lives.</param>
    /// <param name="source">As the module.</param>
    /// <param name="chunk">Best the batch size, where that is below <see cref="DefaultChunk"/>.</param>
    public static INetwork Compile(torch.nn.Module module, BatchSource source, int chunk = DefaultChunk) =>
        CompiledNetwork.TryCompile(module, source, chunk) ?? (INetwork)new AutogradNetwork(module, source, chunk);
}
