using Sweep.Search.Runs;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners.Halving;

/// <summary><c>type: halving</c>: synchronous successive halving.</summary>
public sealed record HalvingOptions(int MinResource, int MaxResource, int ReductionFactor) : RungPrunerOptions(MinResource, MaxResource, ReductionFactor)
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<PrunerOptions> Component { get; } = RungComponent(
        "halving",
        "synchronous successive halving",
        ["the lowest rung", "the top rung", "η: about one in η trials continues, when the rung is full"],
        [],
        (_, min, max, factor) => new HalvingOptions(min, max, factor));

    /// <inheritdoc/>
    public override bool WaitsForFullRungs => true;

    /// <inheritdoc/>
    public override string Summary => Text($"successive halving from {MinResource} to {MaxResource} epochs");

    /// <inheritdoc/>
    public override IPruner Create(SearchSpec search, Space space, ObjectiveGoal goal) => search.Extensions.Count == 0
        ? new HalvingPruner(this, search.Trials, goal)
        : BracketsPruner.OfExtensions(this, search.Trials, search.Extensions, goal);

    /// <inheritdoc/>
    public override IReadOnlyList<PlannedBracket> Plan(SearchSpec search)
    {
        int[] sizes = [search.Trials - search.Extensions.Sum(), .. search.Extensions];
        return [.. sizes.Select((size, i) => Bracket(sizes.Length == 1 ? "" : $"bracket {i + 1}", MinResource, size, MaxResource, ReductionFactor))];
    }
}
