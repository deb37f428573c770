using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>Turns a module and its data into the fastest network there is for it.</summary>
public static class Network
{
    /// <summary>Rows that are in memory as floats at a time, unless a network's options say otherwise.</summary>
    public const int DefaultChunk = 1024;

    private static readonly Lazy<bool> BFloat16 = new(() => CpuInfo.Read().Has("avx512_bf16"));

    /// <summary>Whether this processor multiplies bfloat16 numbers itself.</summary>
    public static bool HasBFloat16 => BFloat16.Value;

    /// <summary>A network that minimises softmax cross-entropy.</summary>
    /// <param name="module">Owned by the caller, who keeps it for as long as the network lives.</param>
    /// <param name="source">As the module.</param>
    /// <param name="chunk">Best the batch size, where that is below <see cref="DefaultChunk"/>.</param>
    public static INetwork Compile(torch.nn.Module module, BatchSource source, int chunk = DefaultChunk) =>
        Compile(module, source, new NetworkOptions { Chunk = chunk });

    /// <summary>A network as the options want it.</summary>
    /// <exception cref="TorchException">bfloat16 is asked for, and this processor or this module cannot have it.</exception>
    public static INetwork Compile(torch.nn.Module module, BatchSource source, NetworkOptions options)
    {
        if (options.Precision == Precision.BFloat16 && !HasBFloat16)
        {
            throw new TorchException("bfloat16 needs a processor with AVX512-BF16 (avx512_bf16), which this one lacks");
        }
        if (CompiledNetwork.TryCompile(module, source, options) is { } compiled)
        {
            return compiled;
        }
        return options.Precision == Precision.Float32
            ? new AutogradNetwork(module, source, options)
            : throw new TorchException("bfloat16 is for networks of fully connected, convolution and pooling layers");
    }
}
