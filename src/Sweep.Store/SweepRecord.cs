using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>A sweep's row.</summary>
/// <param name="Term">The fencing token of its coordinator: it rises with each activation.</param>
/// <param name="Owner">The silo that coordinates it, or null.</param>
/// <param name="Maximize">The goal of the first objective.</param>
/// <param name="StateReason">Why it is in that state, for people; empty when it is plain.</param>
public sealed record SweepRecord(
    long Id,
    string Name,
    SweepState State,
    string StateReason,
    string SpecText,
    string SpecFile,
    long Seed,
    int SearchVersion,
    bool Maximize,
    IReadOnlyDictionary<string, string> Inputs,
    long Term,
    SiloRecord? Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    /// <summary>Trials asked for beyond those of the spec: how many each time.</summary>
    public IReadOnlyList<int> More { get; init; } = [];

    public SweepPlacement Placement { get; init; } = new();
}

/// <summary>A line of <c>sweep list</c>.</summary>
/// <param name="Counts">Trials in each state; states without a trial are left out.</param>
public sealed record SweepSummary(SweepRecord Sweep, IReadOnlyDictionary<TrialState, int> Counts);
