using Sweep.Search.Pruners.Halving;
using Sweep.Search.Runs;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners.Hyperband;

/// <summary><c>type: hyperband</c>: brackets of successive halving, from many short trials to few long ones.</summary>
/// <param name="IsPrinted"><c>table: printed</c>: the sizes of the paper's table 1 in place of those of its algorithm 1.</param>
public sealed record HyperbandOptions(int MinResource, int MaxResource, int ReductionFactor, bool IsPrinted) : RungPrunerOptions(MinResource, MaxResource, ReductionFactor)
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<PrunerOptions> Component { get; } = RungComponent(
        "hyperband",
        "brackets of successive halving, from many short trials to few long ones",
        ["", "", ""],
        [Setting.Choice("table", ["algorithm", "printed"], "sizes by algorithm 1 of the paper, or as `printed` in its table 1")],
        (values, min, max, factor) => new HyperbandOptions(min, max, factor, values.Text("table") == "printed"));

    /// <inheritdoc/>
    public override bool WaitsForFullRungs => true;

    /// <summary>Those of one table.</summary>
    public override long? DefaultTrials => Table.Sum(bracket => (long)bracket.Trials);

    /// <inheritdoc/>
    public override string Summary => Text($"hyperband from {MinResource} to {MaxResource} epochs");

    private IReadOnlyList<HyperbandBracket> Table => HyperbandBracket.Table(MinResource, MaxResource, ReductionFactor, IsPrinted);

    /// <inheritdoc/>
    public override IPruner Create(SearchSpec search, Space space, ObjectiveGoal goal) => BracketsPruner.OfHyperband(this, search.Trials, goal);

    /// <summary>Tables follow one another until the trials are used up; the last may be cut short.</summary>
    public override IReadOnlyList<PlannedBracket> Plan(SearchSpec search)
    {
        var table = Table;
        var brackets = new List<PlannedBracket>();
        for (var (i, left) = (0, search.Trials); left > 0; i++)
        {
            var bracket = table[i % table.Count];
            var size = Math.Min(bracket.Trials, left);
            left -= size;
            var planned = Bracket($"s={bracket.Number}", bracket.Rungs[0], size, MaxResource, ReductionFactor);
            var same = brackets.FindIndex(b => b.Name == planned.Name && b.Sizes[0] == size);
            if (same < 0)
            {
                brackets.Add(planned);
            }
            else
            {
                brackets[same] = brackets[same] with { Repeats = brackets[same].Repeats + 1 };
            }
        }

        return brackets;
    }

    /// <inheritdoc/>
    internal override PrunerProblem? FindProblem(SearchSpec search) => DefaultTrials is { } all && search.Trials < all
        ? new PrunerProblem("trials", $"{search.Trials} do not fill one table of hyperband, which takes {all}: {string.Join("; ", Table)}", At: "trials")
        : null;
}
