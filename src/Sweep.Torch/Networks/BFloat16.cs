using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>Whether bfloat16 is to be had.</summary>
internal static class BFloat16
{
    /// <summary>What it needs that is missing; null for nothing.</summary>
    public static string? FindError(CpuInfo cpu, Func<bool> hasOneDnn) =>
        !cpu.Has("avx512_bf16") ? "bfloat16 needs a processor with AVX512-BF16 (avx512_bf16), which this machine lacks"
        : !hasOneDnn() ? "bfloat16 needs a libtorch with oneDNN, which this one was built without"
        : null;
}
