using System.Globalization;

namespace Sweep.Torch.Interop;

/// <summary>The first processor of /proc/cpuinfo; unknown elsewhere.</summary>
internal sealed record CpuInfo(string Vendor, int Family, string Model, IReadOnlySet<string> Flags)
{
    public bool Has(string flag) => Flags.Contains(flag);

    public static CpuInfo Read()
    {
        const string path = "/proc/cpuinfo";
        return Parse(File.Exists(path) ? File.ReadLines(path) : []);
    }

    internal static CpuInfo Parse(IEnumerable<string> lines)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.TakeWhile(l => l.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                fields.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
            }
        }
        _ = int.TryParse(fields.GetValueOrDefault("cpu family"), NumberStyles.None, CultureInfo.InvariantCulture, out var family);
        return new CpuInfo(
            fields.GetValueOrDefault("vendor_id", "unknown"),
            family,
            $"{fields.GetValueOrDefault("model name", "unknown")} family {family} model {fields.GetValueOrDefault("model", "unknown")}",
            fields.GetValueOrDefault("flags", "").Split(' ').ToHashSet(StringComparer.Ordinal));
    }
}
