namespace Sweep.Search.Spec;

/// <summary>What <c>schedule: meta</c> stands for in a sweep.</summary>
/// <param name="Schedule">The schedule that it was resolved to; null before that.</param>
/// <param name="Sources">The earlier sweeps that had a say, oldest first.</param>
public sealed record MetaSpec(string? Schedule, IReadOnlyList<MetaSource> Sources)
{
    /// <summary>The value of <c>schedule</c>.</summary>
    public const string Name = "meta";
}

/// <summary>An earlier sweep that had a say.</summary>
/// <param name="Trial">The number of its winner.</param>
/// <param name="Task">The winner's data set and model.</param>
/// <param name="Schedule">The winner's schedule.</param>
/// <param name="Weight">Of its vote: one a task, shared by the sweeps on it.</param>
public sealed record MetaSource(string Sweep, int Trial, string Task, string Schedule, double Weight);
