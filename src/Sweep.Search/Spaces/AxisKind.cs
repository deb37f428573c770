namespace Sweep.Search.Spaces;

/// <summary>What a dimension is to a model.</summary>
internal enum AxisKind
{
    /// <summary>One value: nothing to choose.</summary>
    Constant,

    /// <summary>Values without an order.</summary>
    Categorical,

    /// <summary>Numbers.</summary>
    Numeric,
}
