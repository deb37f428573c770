namespace Sweep.Search.Trials;

/// <summary>A trial's row.</summary>
/// <param name="Number">Index of its configuration in the sweep, from 0.</param>
/// <param name="Replicate">Which repetition of the configuration, from 0.</param>
/// <param name="Attempt">How often it was claimed; the fencing token of its owner.</param>
/// <param name="Parameters">Its configuration as canonical JSON (see <c>Configuration</c>).</param>
/// <param name="Granted">Epochs it may train: the resource granted so far.</param>
/// <param name="Resource">Epochs trained.</param>
/// <param name="RankResource">The resource it is ranked at: <paramref name="Resource"/>, or the maximum for a trial that ended by its own target or patience.</param>
/// <param name="Values">Its objectives at <paramref name="Resource"/>; an element is null where there is no value (NaN too), the list empty before the first report.</param>
/// <param name="Reason">Why it is in its state (an error's text, "diverged in epoch 1, step 12 …"); empty when it is plain.</param>
/// <param name="Seconds">Time spent training it, over all attempts, without what was trained again.</param>
/// <param name="NumericsProfile">The kernels that its last attempt computed with; empty before the first.</param>
public sealed record TrialRecord(
    long Id,
    long SweepId,
    int Number,
    int Replicate,
    TrialState State,
    int Attempt,
    string Parameters,
    int Granted,
    int Resource,
    int RankResource,
    IReadOnlyList<double?> Values,
    string Reason,
    double Seconds,
    string NumericsProfile)
{
    /// <summary>Whether it waits for what trials before it teach: nobody can claim it.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Epochs it was granted when it was made: its first rung.</summary>
    public int FirstGranted { get; init; }

    /// <summary>Whether it has come to the end of its first rung, or is over.</summary>
    public bool HasRested => State == TrialState.Paused || State.IsOver() || Granted > FirstGranted;

    /// <summary>Proved deaths of its owners since it last made durable progress.</summary>
    public int Deaths { get; init; }

    /// <summary>What trials of earlier generations taught its training, frozen before its first attempt; empty for nothing. Only a claim fills it.</summary>
    public ReadOnlyMemory<byte> Policy { get; init; }

    /// <summary>What it reached on the test set; null unless it is a winner that was evaluated there.</summary>
    public IReadOnlyDictionary<string, double?>? TestMetrics { get; init; }
}
