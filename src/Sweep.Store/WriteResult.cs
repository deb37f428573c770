namespace Sweep.Store;

/// <summary>What became of a fenced write.</summary>
public enum WriteResult
{
    /// <summary>Durable.</summary>
    Written,

    /// <summary>The token is not the store's any more: somebody else owns the row, and nothing was changed.</summary>
    Lost,
}
