using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>Lets a number that was held back (<see cref="NewTrial.IsHeld"/>) be claimed, all its replicates at once.</summary>
/// <param name="Policy">What it starts from (<see cref="TrialRecord.Policy"/>): it stays in its row, whatever is learned later.</param>
public sealed record TrialRelease(int Number, ReadOnlyMemory<byte> Policy);
