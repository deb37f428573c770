using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Halton;

/// <summary><c>sampler: halton</c>: points of a Halton sequence. Independent of results.</summary>
/// <param name="Scramble"><c>scramble</c>: randomized by the seed; default true. The bare sequence begins with every parameter at its minimum.</param>
public sealed record HaltonOptions(bool Scramble = true) : SamplerOptions
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "halton",
        "points of a Halton sequence",
        [Setting.Flag("scramble", true, "the same")],
        values => new HaltonOptions(values.Boolean("scramble")));

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) =>
        new QuasiRandomSampler(space, seed, rule, dimensions => new HaltonSequence(dimensions, Scramble ? seed : null));
}
