namespace Sweep.Search.Spec;

/// <summary>What a configuration with several replicates is compared by.</summary>
public enum ReplicateRank
{
    /// <summary>The mean of their values.</summary>
    Mean,

    /// <summary>The middle value; of an even number, the mean of the two in the middle.</summary>
    Median,

    /// <summary>The worse end of the mean's 95 % confidence interval (Student's t): a lucky seed does not win.</summary>
    LowerBound,
}
