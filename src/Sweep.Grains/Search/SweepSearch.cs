using Sweep.Grains.Spec;

namespace Sweep.Grains.Search;

/// <summary>The search of one sweep: what to try, and how far. A pure function of the spec and of the results observed, in any order that is possible.</summary>
/// <remarks>
/// Rebuilt after a crash by <see cref="Restore"/> with the number of trials that exist, then <see cref="Observe"/> for each
/// of their reports at <see cref="CheckSteps"/> (as Paused) and for each trial that is over: the decisions come out again,
/// and those that the store already shows are skipped by whoever applies them.
/// </remarks>
public sealed class SweepSearch
{
    public SweepSearch(SweepSpec spec) => Spec = spec;

    /// <summary>Raised only by a change that alters a suggestion or a decision.</summary>
    public const int SearchVersion = 1;

    public SweepSpec Spec { get; }

    /// <summary>How many trials have been suggested; the number of the next.</summary>
    public int Suggested { get; }

    /// <summary>The resources at which trials are paused and compared, rising; empty when each is trained to the full at once.</summary>
    public IReadOnlyList<int> CheckSteps { get; } = [];

    /// <summary>Nothing is running, waiting or to come.</summary>
    public bool IsFinished => Suggested < 0;

    /// <summary>The next trials in the order of their numbers; fewer or none when the trials are used up or the space is exhausted.</summary>
    public IReadOnlyList<Suggestion> Suggest(int count) => throw new NotSupportedException($"{count} {Spec}");

    /// <summary>Takes the first trials as suggested before, without suggesting them again.</summary>
    public void Restore(int count) => throw new NotSupportedException($"{count} {Spec}");

    /// <summary>Takes a result and returns the decisions that it made possible, by number. A result seen before changes nothing.</summary>
    public IReadOnlyList<SearchDecision> Observe(TrialResult result) => throw new NotSupportedException($"{result} {Spec}");
}
