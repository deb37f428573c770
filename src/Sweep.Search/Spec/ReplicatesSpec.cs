namespace Sweep.Search.Spec;

/// <summary><c>replicates</c>: how often each configuration is trained, with a seed of its own each time.</summary>
/// <param name="Count">From 1 on.</param>
public sealed record ReplicatesSpec(int Count, ReplicateRank Rank = ReplicateRank.Mean)
{
    /// <summary>Once.</summary>
    public static ReplicatesSpec One { get; } = new(1);
}
