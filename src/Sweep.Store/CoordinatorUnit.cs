using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What a coordinator writes in one transaction, fenced by (sweep, term).</summary>
public sealed record CoordinatorUnit(long SweepId, long Term)
{
    public IReadOnlyList<NewTrial> Trials { get; init; } = [];

    /// <summary>Trials held back that may be claimed from now on; written after <see cref="Trials"/>.</summary>
    public IReadOnlyList<TrialRelease> Releases { get; init; } = [];

    public IReadOnlyList<TrialDecision> Decisions { get; init; } = [];

    /// <summary>Winners that were evaluated on the test set; one that has a result already keeps it.</summary>
    public IReadOnlyList<TrialTest> Tests { get; init; } = [];

    /// <summary>The numerics profile to keep its trials on; a sweep that has one keeps it. Null to leave it.</summary>
    public string? Numerics { get; init; }

    /// <summary>The sweep's state from now on, or null to leave it.</summary>
    public SweepState? NewState { get; init; }

    public string StateReason { get; init; } = "";

    /// <summary>Whether the coordinator gives the sweep up with this unit.</summary>
    public bool Release { get; init; }
}

/// <summary>A suggestion to be written as a waiting trial.</summary>
/// <param name="Granted">Epochs it may train at first.</param>
/// <param name="VirtualTime">When the decision fell, in the virtual run (epochs); 0 for samplers that do not look at results.</param>
/// <param name="LastSeen">The number of results the decision saw.</param>
public sealed record NewTrial(int Number, int Replicate, string Parameters, int Granted, double VirtualTime, long LastSeen)
{
    /// <summary>Whether nobody may claim it before a <see cref="TrialRelease"/>.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>Lets a number that was held back (<see cref="NewTrial.IsHeld"/>) be claimed, all its replicates at once.</summary>
/// <param name="Policy">What it starts from (<see cref="TrialRecord.Policy"/>): it stays in its row, whatever is learned later.</param>
public sealed record TrialRelease(int Number, ReadOnlyMemory<byte> Policy);

/// <summary>A coordinator's word on a paused or waiting trial.</summary>
/// <param name="From">The state it must be in: the decision has no effect otherwise.</param>
/// <param name="To">Waiting (promoted, with more resource), Pruned, Completed or Canceled.</param>
/// <param name="Granted">Epochs it may train from now on (unchanged when it ends).</param>
public sealed record TrialDecision(
    long TrialId, TrialState From, TrialState To, int Granted, string Reason, double VirtualTime, long LastSeen)
{
    /// <summary>An exploit: the trial whose newest checkpoint takes the place of its own. It has to be durable, at a rest.</summary>
    public long? DonorTrialId { get; init; }

    /// <summary>An exploit: its configuration from now on, as canonical JSON.</summary>
    public string? Parameters { get; init; }
}

/// <summary>What a winner reached on the test set: written once, whatever is sent later.</summary>
/// <param name="Metrics">By name, in the trainer's order; what is not finite is stored as no value.</param>
/// <param name="Inputs">SHA-256 (hex) of each test file that was read, by <see cref="TestPrefix"/>, data set and file name; kept with the sweep's inputs.</param>
public sealed record TrialTest(long TrialId, IReadOnlyDictionary<string, double?> Metrics, IReadOnlyDictionary<string, string> Inputs)
{
    /// <summary>What the names of test files begin with among a sweep's inputs: they are read at its end only.</summary>
    public const string TestPrefix = "test:";
}
