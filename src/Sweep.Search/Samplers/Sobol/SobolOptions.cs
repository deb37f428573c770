using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Sobol;

/// <summary><c>sampler: sobol</c>: points of a Sobol sequence. Independent of results.</summary>
/// <param name="Scramble"><c>scramble</c>: randomized by the seed; default true. The bare sequence begins with every parameter at its minimum.</param>
public sealed record SobolOptions(bool Scramble = true) : SamplerOptions
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "sobol",
        "points of a Sobol sequence",
        [Setting.Flag("scramble", true, "randomized by the seed; the plain sequence begins with all parameters at their minimum")],
        values => new SobolOptions(values.Boolean("scramble")));

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) =>
        new QuasiRandomSampler(space, seed, rule, dimensions => new SobolSequence(dimensions, Scramble ? seed : null));
}
