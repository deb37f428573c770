namespace Sweep.Store;

/// <summary>What became of an attempt to coordinate a sweep.</summary>
/// <param name="Term">The fencing token, or null when it was not granted.</param>
/// <param name="Owner">The silo that holds the sweep, when it was not granted.</param>
public sealed record ActivationResult(long? Term, SiloRecord? Owner)
{
    /// <summary>When it was granted: how long ago the sweep was created, by the store's clock.</summary>
    public TimeSpan Age { get; init; }
}
