namespace Sweep.Search.Spec;

/// <summary><c>budget</c>: what ends a sweep before its trials are used up. Trials that are running then go on to the resource they were granted.</summary>
public sealed record BudgetSpec
{
    /// <summary>No limit.</summary>
    public static BudgetSpec None { get; } = new();

    /// <summary><c>epochs</c>: never more are granted in all.</summary>
    public long? Epochs { get; init; }

    /// <summary><c>wall_clock</c>: from the creation of the sweep; it needs <c>order: as_finished</c>.</summary>
    public TimeSpan? WallClock { get; init; }

    /// <summary><c>failures</c>: so many trials that failed, diverged or were poisoned are the end.</summary>
    public int? Failures { get; init; }

    /// <summary><c>target</c>: a trial whose first objective is at least this good is the end.</summary>
    public double? Target { get; init; }

    /// <summary>Whether what it does is a matter of the order of results.</summary>
    public bool DependsOnResults => Epochs is not null || Failures is not null || Target is not null;
}
