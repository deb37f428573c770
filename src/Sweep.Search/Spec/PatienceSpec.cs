namespace Sweep.Search.Spec;

/// <summary><c>type: patience</c>: a trial whose first objective has not become better for <paramref name="Epochs"/> epochs is Completed, and counts as trained to the full.</summary>
/// <param name="Epochs">At least 1.</param>
/// <param name="MinDelta">What is better by no more than this does not count; from 0 on.</param>
public sealed record PatienceSpec(int Epochs, double MinDelta);
