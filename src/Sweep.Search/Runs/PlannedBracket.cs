namespace Sweep.Search.Runs;

/// <summary>A bracket of rungs, before anything has run.</summary>
/// <param name="Name">For people: <c>s=3</c>; empty when there is only one.</param>
/// <param name="Repeats">How many such brackets there are.</param>
/// <param name="Rungs">The rungs' resources (epochs), rising.</param>
/// <param name="Sizes">How many configurations enter each rung when all of them have values.</param>
public sealed record PlannedBracket(string Name, int Repeats, IReadOnlyList<int> Rungs, IReadOnlyList<int> Sizes)
{
    /// <summary>Epochs that all such brackets train, each configuration once.</summary>
    public long Epochs => Repeats * Rungs.Select((rung, i) => (long)Sizes[i] * (rung - (i == 0 ? 0 : Rungs[i - 1]))).Sum();
}
