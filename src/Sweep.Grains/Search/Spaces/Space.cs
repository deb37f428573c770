using System.Numerics;

namespace Sweep.Grains.Search.Spaces;

/// <summary>All configurations that a sweep may try. Immutable.</summary>
public sealed class Space
{
    /// <summary>A space over parameters.</summary>
    /// <param name="parameters">In the sweep file's order; conditions refer to earlier parameters only.</param>
    /// <param name="forbidden">No configuration meets all conditions of one of these.</param>
    public Space(IReadOnlyList<Parameter> parameters, IReadOnlyList<IReadOnlyList<Condition>> forbidden)
    {
        Parameters = parameters;
        Forbidden = forbidden;
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    public IReadOnlyList<IReadOnlyList<Condition>> Forbidden { get; }

    /// <summary>How many configurations there are, conditions taken into account; null when they are not finite.</summary>
    public BigInteger? Size { get; }
}
