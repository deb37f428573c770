namespace Sweep.Store;

/// <summary>What a winner reached on the test set: written once, whatever is sent later.</summary>
/// <param name="Metrics">By name, in the trainer's order; what is not finite is stored as no value.</param>
/// <param name="Inputs">SHA-256 (hex) of each test file that was read, by <see cref="TestPrefix"/>, data set and file name; kept with the sweep's inputs.</param>
public sealed record TrialTest(long TrialId, IReadOnlyDictionary<string, double?> Metrics, IReadOnlyDictionary<string, string> Inputs)
{
    /// <summary>What the names of test files begin with among a sweep's inputs: they are read at its end only.</summary>
    public const string TestPrefix = "test:";
}
