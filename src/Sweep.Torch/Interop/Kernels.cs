namespace Sweep.Torch.Interop;

/// <summary>Chooses threads and BLAS kernels before libtorch loads; afterwards it is too late, and the shell's choice never counts.</summary>
/// <remarks>
/// SWEEP_BLAS_CORETYPE (an OPENBLAS_CORETYPE, or "auto" for OpenBLAS's own choice) overrides the kernels, SWEEP_GEMM
/// (onednn, openblas, aten) which library multiplies the matrices of a training step.
/// </remarks>
internal static class Kernels
{
    public static void Configure()
    {
        LibC.Set("OMP_NUM_THREADS", "1");
        LibC.Set("OPENBLAS_NUM_THREADS", "1");
        // Without it cuBLAS may give other bits each time.
        LibC.Set("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
        var core = Environment.GetEnvironmentVariable("SWEEP_BLAS_CORETYPE") ?? BestCore(CpuInfo.Read());
        if (core is null or "" or "auto")
        {
            LibC.Unset("OPENBLAS_CORETYPE");
        }
        else
        {
            LibC.Set("OPENBLAS_CORETYPE", core);
        }
    }

    /// <summary>Null leaves it to OpenBLAS. OpenBLAS 0.3.21 knows no processor younger than itself and may fall back to slow kernels.</summary>
    internal static string? BestCore(CpuInfo cpu)
    {
        if (!cpu.Has("avx2") || !cpu.Has("fma"))
        {
            return null;
        }
        // Zen 3 and 4 run 512-bit instructions in two halves: the 256-bit kernels are 3 to 4 % faster there.
        if (cpu.Vendor == "AuthenticAMD" && cpu.Family <= 25)
        {
            return "Haswell";
        }
        if (cpu.Has("avx512f") && cpu.Has("avx512bw") && cpu.Has("avx512dq") && cpu.Has("avx512vl"))
        {
            return cpu.Has("avx512_bf16") ? "Cooperlake" : "SkylakeX";
        }
        return "Haswell";
    }
}
