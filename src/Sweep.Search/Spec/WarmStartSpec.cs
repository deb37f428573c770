namespace Sweep.Search.Spec;

/// <summary><c>warm_start</c>: the best configurations of an earlier sweep are tried first.</summary>
/// <param name="Sweep">Its name.</param>
/// <param name="Top">How many, in the order of its ranking; those outside of this sweep's space are reported and left out.</param>
public sealed record WarmStartSpec(string Sweep, int Top)
{
    /// <summary>The section of a submitted sweep that holds the configurations.</summary>
    public const string Resolved = "warm_started";

    /// <summary>The default of <see cref="Top"/>.</summary>
    public const int DefaultTop = 10;
}
