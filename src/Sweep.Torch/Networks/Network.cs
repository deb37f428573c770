using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>Turns a module and its data into the fastest network there is for it.</summary>
public static class Network
{
    /// <summary>Rows that are in memory as floats at a time, unless a network's options say otherwise.</summary>
    public const int DefaultChunk = 1024;

    private static readonly Lazy<string?> NoBFloat16 = new(() => BFloat16.FindError(CpuInfo.Read(), Native.HasOneDnn));

    /// <summary>What bfloat16 needs that this processor or libtorch lacks; null when it can be had.</summary>
    public static string? BFloat16Error => NoBFloat16.Value;

    /// <summary>Whether this processor multiplies bfloat16 numbers itself.</summary>
    public static bool HasBFloat16 => BFloat16Error is null;

    /// <summary>A network that minimises softmax cross-entropy.</summary>
    /// <param name="module">Owned by the caller, who keeps it for as long as the network lives.</param>
    /// <param name="source">As the module.</param>
    /// <param name="chunk">Best the batch size, where that is below <see cref="DefaultChunk"/>.</param>
    public static INetwork Compile(torch.nn.Module module, BatchSource source, int chunk = DefaultChunk) =>
        Compile(module, source, new NetworkOptions { Chunk = chunk });

    /// <summary>A network as the options want it.</summary>
    /// <exception cref="TorchException">bfloat16 or a device is asked for that this processor, libtorch or module cannot have.</exception>
    public static INetwork Compile(torch.nn.Module module, BatchSource source, NetworkOptions options)
    {
        if (options.Device != Devices.Cpu)
        {
            return OnDevice(module, source, options);
        }
        if (options.Precision == Precision.BFloat16 && BFloat16Error is { } error)
        {
            throw new TorchException(error);
        }
        if (CompiledNetwork.TryCompile(module, source, options) is { } compiled)
        {
            return compiled;
        }
        return options.Precision == Precision.Float32
            ? new AutogradNetwork(module, source, options)
            : throw new TorchException("bfloat16 is for networks of fully connected, convolution and pooling layers");
    }

    private static AutogradNetwork OnDevice(torch.nn.Module module, BatchSource source, NetworkOptions options) =>
        Devices.FindError(options.Device) is { } error ? throw new TorchException(error)
        : options.Precision != Precision.Float32 ? throw new TorchException($"bfloat16 goes with the device cpu, not with {options.Device}")
        : new AutogradNetwork(module, source, options);
}
