using System.Security.Cryptography;
using Sweep.Torch.Interop;

namespace Sweep.Torch;

public static partial class torch
{
    /// <summary>Starts loading libtorch (0.3 to 0.5 s) on a thread of its own, so that reading data overlaps with it.</summary>
    /// <returns>Done when libtorch is ready; faults with what kept it from loading. Awaiting it is optional: the first use waits.</returns>
    public static Task Preload(CancellationToken stop = default) =>
        Task.Factory.StartNew(Native.Load, stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Threads within one operation, for the calling thread; 1 by default.</summary>
    public static void set_num_threads(int num) => Native.SetThreads(num);

    public static int get_num_threads() => Native.GetThreads();

    /// <summary>Until disposed, this thread records no gradients.</summary>
    public static IDisposable no_grad() => new GradMode(enabled: false);

    /// <summary>Until disposed, tensors made on this thread belong to the scope, which frees them.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScope.Open();

    /// <summary>
    /// Gives memory that freed tensors had back to the system. Steps reuse it, so it is kept while training; between trainings
    /// it is in the way of others.
    /// </summary>
    public static void release_memory() => LibC.Trim();

    /// <summary>What decides the last bit of every result here: trials agree bit for bit within one profile.</summary>
    public static NumericsProfile numerics_profile()
    {
        var values = Native.Numerics().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        using var file = File.OpenRead(Native.LibraryPath);
        return new NumericsProfile
        {
            Libtorch = values["libtorch"],
            Aten = values["aten"],
            OpenBlas = values["openblas"],
            OneDnn = values["onednn"],
            Cuda = values["cuda"] == "none" ? "none" : $"{values["cuda"]}, cudnn {values["cudnn"]}, {string.Join(", ", CudaDevices.Names())}",
            Gemm = values["gemm"],
            Libm = values["libm"],
            Cpu = CpuInfo.Read().Model,
            Threads = int.Parse(values["threads"]),
            Shim = Convert.ToHexStringLower(SHA256.HashData(file)),
        };
    }

    private sealed class GradMode : IDisposable
    {
        private readonly bool _previous;

        public GradMode(bool enabled) => _previous = Native.SetGradEnabled(enabled);

        public void Dispose() => Native.SetGradEnabled(_previous);
    }
}
