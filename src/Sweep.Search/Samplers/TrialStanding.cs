namespace Sweep.Search.Samplers;

/// <summary>What a sampler knows of a trial.</summary>
internal enum TrialStanding
{
    /// <summary>No result yet.</summary>
    Pending,

    /// <summary>It has a value.</summary>
    Scored,

    /// <summary>Failed, diverged, poisoned, or its value is NaN: worse than any value.</summary>
    Worst,

    /// <summary>Canceled: it says nothing.</summary>
    Dropped,
}
