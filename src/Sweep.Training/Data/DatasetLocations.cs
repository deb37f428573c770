namespace Sweep.Training.Data;

/// <summary>The folders in which data sets are looked for.</summary>
/// <param name="DataDirectory">The user's own (<c>SWEEP_DATA</c>), looked in first; null for none.</param>
/// <param name="CacheDirectory">Where fetched sets are kept: <c>$XDG_CACHE_HOME/sweep</c>, by default <c>~/.cache/sweep</c>.</param>
public sealed record DatasetLocations(string? DataDirectory, string CacheDirectory)
{
    /// <summary>Where Debian's package dataset-fashion-mnist puts its files.</summary>
    public string FashionMnistDirectory { get; init; } = "/usr/share/datasets/fashion-mnist";

    /// <summary>The locations that the environment names.</summary>
    public static DatasetLocations FromEnvironment()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return new DatasetLocations(
            Environment.GetEnvironmentVariable("SWEEP_DATA") is { Length: > 0 } data ? data : null,
            Path.Combine(cache, "sweep"));
    }
}
