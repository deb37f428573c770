using Sweep.Search.Spaces;
using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>One of the ways in which a search takes results into account.</summary>
internal interface ISearchRun
{
    int Suggested { get; }

    bool HasMore { get; }

    bool IsFinished { get; }

    /// <summary>Why it ended before its trials were used up, or null.</summary>
    string? Spent { get; }

    /// <summary>Takes trials as suggested; called before anything else.</summary>
    void Restore(IReadOnlyList<Configuration> existing);

    /// <summary>Takes what the store says of a trial as decided.</summary>
    void Adopt(int number, TrialState state, int granted);

    IReadOnlyList<Suggestion> Suggest(int count);

    IReadOnlyList<SearchDecision> Observe(TrialResult result);

    /// <summary>Takes note that a trial has trained so many epochs, and goes on.</summary>
    void Pass(int number, int step);

    /// <summary>What is decided without a new result.</summary>
    /// <param name="room">How many trials may be promoted.</param>
    /// <param name="isIdle">Whether none is waiting or running.</param>
    IReadOnlyList<SearchDecision> Settle(int room, bool isIdle);

    /// <summary>Nothing is started any more.</summary>
    void End(string reason);
}
