namespace Sweep.Torch;

/// <summary>The numerics profile: everything outside a trial's own settings that the last bit of its results depends on.</summary>
public sealed record NumericsProfile
{
    public required string Libtorch { get; init; }

    /// <summary>The instruction set that ATen's own kernels use.</summary>
    public required string Aten { get; init; }

    /// <summary>OpenBLAS's version, build and the core type whose kernels it uses.</summary>
    public required string OpenBlas { get; init; }

    /// <summary>oneDNN's version and the instruction sets that it may use.</summary>
    public required string OneDnn { get; init; }

    /// <summary>The CUDA runtime and cuDNN that libtorch was built with, and the devices of this machine; none without CUDA.</summary>
    public required string Cuda { get; init; }

    /// <summary>Which library multiplies the matrices of a training step: onednn, openblas or aten.</summary>
    public required string Gemm { get; init; }

    public required string Libm { get; init; }

    public required string Cpu { get; init; }

    /// <summary>Threads within one operation.</summary>
    public required int Threads { get; init; }

    /// <summary>SHA-256 of the shim, lower-case hexadecimal.</summary>
    public required string Shim { get; init; }

    /// <summary>All of it on one line, the same for equal profiles.</summary>
    public string Text =>
        $"libtorch {Libtorch}; aten {Aten}; {OpenBlas}; onednn {OneDnn}; cuda {Cuda}; gemm {Gemm}; {Libm}; {Cpu}; threads {Threads}; shim {Shim}";
}
