using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Random;

/// <summary><c>sampler: random</c>: independent draws from the parameters' distributions.</summary>
public sealed record RandomOptions : SamplerOptions
{
    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "random",
        "independent draws",
        [],
        _ => new RandomOptions());

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool Learns => false;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new RandomSampler(space, seed, rule);
}
