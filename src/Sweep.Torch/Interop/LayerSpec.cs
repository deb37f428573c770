using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

// The order is that of native/plan.h.
internal enum LayerKind
{
    Dense,
    Convolution,
    Pool,
    Flatten,
    Dropout,
    Norm,
}

// The order is that of native/kernels.h.
internal enum Activation
{
    None,
    Relu,
    Tanh,
    Sigmoid,
    Gelu,
}

/// <summary>Laid out as in native/plan.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LayerSpec
{
    public LayerKind Kind;
    public Activation Activation;
    public long Size;
    public double Value;
    public double Epsilon;
    public nint Weight;
    public nint Bias;
    public nint Mean;
    public nint Variance;
}

/// <summary>Laid out as in native/plan.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PlanOptions
{
    public long Height;
    public long Width;
    public long Channels;
    public long Chunk;
    public ulong Seed;
    public double Smoothing;
    public int Loss;
    public int BFloat16;
}

/// <summary>Laid out as in native/plan.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PlanTimes
{
    public double Data;
    public double Forward;
    public double Backward;
}
