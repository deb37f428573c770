using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Grid;

/// <summary><c>sampler: grid</c>: every point of a finite space once.</summary>
/// <param name="Shuffled"><c>order: shuffled</c>, by the seed; otherwise lexicographic, the last parameter changing fastest.</param>
public sealed record GridOptions(bool Shuffled) : SamplerOptions
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "grid",
        "every point of a finite space once",
        [Setting.Choice("order", ["lexicographic", "shuffled"], "the last parameter changes fastest; or `shuffled` by the seed")],
        values => new GridOptions(values.Text("order") == "shuffled"));

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override bool IsExhaustive => true;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new GridSampler(space, Shuffled, seed);
}
