using Sweep.Search.Spec;
using Sweep.Torch;

namespace Sweep.Silo.Execution;

/// <summary>What a sweep asks of the machine and libtorch that train it, and they lack.</summary>
internal static class MachineNeeds
{
    /// <summary>The settings that cannot be had here, with the reason; loads libtorch only for a sweep that asks for more than the default.</summary>
    public static IEnumerable<(string Path, string Message)> Of(SweepSpec spec) => Of(spec, () => Network.BFloat16Error, Devices.FindError);

    /// <summary>The same on a machine that is described.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="bfloat16">What bfloat16 lacks there; null for nothing.</param>
    /// <param name="device">Why a device cannot be used there; null when it can.</param>
    internal static IEnumerable<(string Path, string Message)> Of(SweepSpec spec, Func<string?> bfloat16, Func<string, string?> device)
    {
        var devices = SpecValues.Texts(spec, "task.device", Devices.Cpu);
        var narrow = SpecValues.Texts(spec, "task.precision", TaskSettings.Float32).Contains(TaskSettings.BFloat16);
        foreach (var error in devices.Select(device).OfType<string>())
        {
            yield return ("task.device", error);
        }
        if (narrow && devices.FirstOrDefault(d => d != Devices.Cpu) is { } other)
        {
            yield return ("task.precision", $"{TaskSettings.BFloat16} goes with the device {Devices.Cpu}, not with {other}");
        }
        if (narrow && bfloat16() is { } lack)
        {
            yield return ("task.precision", lack);
        }
    }
}
