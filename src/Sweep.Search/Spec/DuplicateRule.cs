using System.Numerics;
using Sweep.Search.Samplers;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary><c>search.duplicates</c>: whether a sampler may propose a configuration again.</summary>
/// <param name="IsAllowed">False: it proposes none that the sweep has, or that is in <paramref name="Tried"/>.</param>
/// <param name="Tried">Points that the earlier sweep of <c>warm_start</c> tried, by <see cref="Space.KeyOf(Configuration)"/>; none of them is given.</param>
public sealed record DuplicateRule(bool IsAllowed, IReadOnlyCollection<ulong> Tried)
{
    /// <summary>The section of a submitted sweep that holds <see cref="Tried"/>.</summary>
    public const string TriedSection = "warm_tried";

    /// <summary>The default: no duplicates, and nothing tried before.</summary>
    public static DuplicateRule Skip { get; } = new(false, []);

    /// <summary>How many configurations there are to try in a space; null when there is no limit.</summary>
    /// <param name="sampler">A grid has each point once, beside those given if duplicates are allowed.</param>
    /// <param name="given">How many come before those of the sampler.</param>
    internal BigInteger? Configurations(Space space, SamplerOptions? sampler, int given) =>
        !IsAllowed ? space.Size - Tried.Count
            : sampler is { IsExhaustive: true } ? space.Size + given
            : null;
}
