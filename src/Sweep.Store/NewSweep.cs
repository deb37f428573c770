using Sweep.Search.Spec;

namespace Sweep.Store;

/// <summary>A sweep to be written to the store.</summary>
/// <param name="Name">The name wanted.</param>
/// <param name="NameIsFixed">True: a taken name is refused. False: -2, -3 … is appended until one is free.</param>
/// <param name="SpecText">The spec as the user wrote it (YAML or JSON): what <c>resume</c> parses again.</param>
/// <param name="SpecFile">The file it came from, for error messages.</param>
/// <param name="Seed">The sweep's seed.</param>
/// <param name="SearchVersion">The version of the search algorithms that made its decisions.</param>
/// <param name="Maximize">The goal of the first objective: the order in which the store keeps the ranking.</param>
/// <param name="Inputs">SHA-256 (hex) of each data file the sweep reads, by file name.</param>
public sealed record NewSweep(
    string Name,
    bool NameIsFixed,
    string SpecText,
    string SpecFile,
    long Seed,
    int SearchVersion,
    bool Maximize,
    IReadOnlyDictionary<string, string> Inputs)
{
    public SweepPlacement Placement { get; init; } = new();
}

/// <summary>What became of <see cref="ISweepStore.CreateSweepAsync"/>: the sweep, or null when its fixed name is taken.</summary>
public sealed record CreateResult(SweepRecord? Sweep);
