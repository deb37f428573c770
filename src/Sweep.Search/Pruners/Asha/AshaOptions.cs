using Sweep.Search.Pruners.Halving;
using Sweep.Search.Runs;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners.Asha;

/// <summary><c>type: asha</c>, or <c>type: stopping</c> for the form without promotions: asynchronous successive halving.</summary>
/// <param name="IsStopping">Whether a trial goes on or is stopped as soon as it reaches a rung, and never later.</param>
public sealed record AshaOptions(int MinResource, int MaxResource, int ReductionFactor, bool IsStopping) : RungPrunerOptions(MinResource, MaxResource, ReductionFactor)
{
    /// <summary>What a sweep file can name: <c>asha</c>.</summary>
    public static Component<PrunerOptions> Component { get; } = RungComponent(
        "asha",
        "asynchronous successive halving",
        ["", "", "a free worker promotes the best of the top ⌊n/η⌋ of a rung, from the top rung down"],
        [],
        (_, min, max, factor) => new AshaOptions(min, max, factor, false));

    /// <summary>What a sweep file can name: <c>stopping</c>.</summary>
    public static Component<PrunerOptions> StoppingComponent { get; } = RungComponent(
        "stopping",
        "asynchronous successive halving without promotions",
        ["", "", "a trial continues if it is in the top 1/η on arrival"],
        [],
        (_, min, max, factor) => new AshaOptions(min, max, factor, true));

    /// <inheritdoc/>
    public override bool ExceedsPlan => !IsStopping;

    /// <inheritdoc/>
    public override string Summary => Text($"asha from {MinResource} to {MaxResource} epochs");

    /// <inheritdoc/>
    public override IPruner Create(SearchSpec search, Space space, ObjectiveGoal goal) => IsStopping ? new StoppingPruner(this, goal) : new AshaPruner(this, goal);

    /// <inheritdoc/>
    public override IReadOnlyList<PlannedBracket> Plan(SearchSpec search) => [Bracket("", MinResource, search.Trials, MaxResource, ReductionFactor)];

    /// <inheritdoc/>
    internal override PrunerProblem? FindProblem(SearchSpec search)
    {
        var rungs = Halving.HalvingBracket.Rungs(MinResource, MaxResource, ReductionFactor);
        var reached = 0;
        for (var left = search.Trials / ReductionFactor; left > 0 && reached < rungs.Count - 1; left /= ReductionFactor)
        {
            reached++;
        }

        return !IsStopping && reached < rungs.Count - 1
            ? new PrunerProblem("trials", $"{search.Trials} trials are too few for {rungs.Count} rungs with reduction_factor {ReductionFactor}: hardly any gets beyond {rungs[reached]} of {rungs[^1]} epochs", IsWarning: true)
            : null;
    }
}
