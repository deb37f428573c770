namespace Sweep.Torch.Interop;

/// <summary>The models of this machine's CUDA devices, as their driver tells them; none without it.</summary>
internal static class CudaDevices
{
    private const string Folder = "/proc/driver/nvidia/gpus";
    private const string Field = "Model:";

    public static IEnumerable<string> Names() => !Directory.Exists(Folder)
        ? []
        : Directory.GetDirectories(Folder).Order(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, "information"))
            .Where(File.Exists)
            .Select(file => File.ReadLines(file).FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal))?[Field.Length..].Trim() ?? "unknown");
}
