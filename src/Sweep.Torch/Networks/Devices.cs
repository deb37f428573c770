using System.Globalization;
using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>Where networks compute: <c>cpu</c>, <c>cuda</c> (the first of them) or <c>cuda:N</c>.</summary>
public static class Devices
{
    /// <summary>The processor, by compiled steps where there are any.</summary>
    public const string Cpu = "cpu";

    /// <summary>The processor by way of what every other device needs: libtorch's operations on a copy of the parameters. For tests.</summary>
    internal const string OtherCpu = "cpu:0";

    private const string Cuda = "cuda";

    /// <summary>Why networks cannot compute there, as a whole sentence without the full stop; null when they can. Loads libtorch for any but <see cref="Cpu"/>.</summary>
    public static string? FindError(string device) => device is Cpu or OtherCpu ? null : FindError(device, Native.CudaDevices);

    /// <summary>The same for a libtorch and machine of so many CUDA devices, −1 for one without CUDA.</summary>
    internal static string? FindError(string device, Func<int> countCuda)
    {
        var name = device.AsSpan();
        var number = 0;
        if (!name.StartsWith(Cuda, StringComparison.Ordinal)
            || (name.Length > Cuda.Length
                && (name[Cuda.Length] != ':' || !int.TryParse(name[(Cuda.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out number))))
        {
            return $"{device} is not one of cpu, cuda, cuda:N";
        }
        var count = countCuda();
        return count < 0 ? $"{device} is not available: this libtorch was built without CUDA"
            : count == 0 ? $"{device} is not available: libtorch finds no CUDA device on this machine"
            : number < count ? null
            : $"{device} is not available: this machine has {count} CUDA device{(count == 1 ? "" : "s")}, counted from 0";
    }
}
