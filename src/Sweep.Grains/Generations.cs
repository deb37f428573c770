using Sweep.Search.Spaces;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>
/// Holds back the trials that learn from others until every one that learns in the generations before theirs has come to the end of its first rung,
/// or is over, and then says what they start from.
/// </summary>
/// <remarks>
/// What a trial starts from depends on numbers alone, never on time: holding it back costs slots, not the answer. Nothing waits for ever: a
/// trial waits for lower numbers only, and their first rungs wait for nothing that comes after them.
/// </remarks>
internal sealed class Generations(ILearnsAcrossTrials learning, ISweepStore sweeps, long sweepId)
{
    private readonly SortedSet<(int Number, int Replicate)> _onTheWay = [];
    private readonly SortedSet<int> _held = [];
    private readonly List<byte[]> _states = [[]];

    /// <summary>How many trials are held back at most, so that others go on meanwhile and the search is not asked far ahead.</summary>
    public int HeldAtMost => learning.Generation;

    /// <summary>How many are held back.</summary>
    public int Held => _held.Count;

    /// <summary>Takes note of a new trial.</summary>
    /// <returns>Whether it is held back from now on.</returns>
    public bool Add(int number, int replicate, Configuration configuration)
    {
        if (!learning.Learns(configuration))
        {
            return false;
        }

        _onTheWay.Add((number, replicate));
        if (number < learning.Generation)
        {
            return false;
        }

        _held.Add(number);
        return true;
    }

    /// <summary>Takes note of how the store holds a trial.</summary>
    public void Add(TrialRecord trial)
    {
        if (trial.HasRested || !learning.Learns(Configuration.Parse(trial.Parameters)))
        {
            return;
        }

        _onTheWay.Add((trial.Number, trial.Replicate));
        if (trial.IsHeld)
        {
            _held.Add(trial.Number);
        }
    }

    /// <summary>Takes note that a trial came to the end of its first rung, or is over.</summary>
    public void Rested(int number, int replicate) => _onTheWay.Remove((number, replicate));

    /// <summary>The trials that need to wait no longer, with what they start from. They count as held until <see cref="Release"/>.</summary>
    public async Task<IReadOnlyList<TrialRelease>> DueAsync(CancellationToken cancellationToken)
    {
        var due = new List<TrialRelease>();
        foreach (var number in _held)
        {
            var generation = number / learning.Generation;
            if (_onTheWay.Count > 0 && _onTheWay.Min.Number < generation * learning.Generation)
            {
                break;
            }

            due.Add(new TrialRelease(number, await StateAsync(generation, cancellationToken)));
        }

        return due;
    }

    /// <summary>Takes note that trials were told.</summary>
    public void Release(IEnumerable<TrialRelease> releases) => _held.ExceptWith(releases.Select(release => release.Number));

    private async Task<byte[]> StateAsync(int generation, CancellationToken cancellationToken)
    {
        while (_states.Count <= generation)
        {
            var first = (_states.Count - 1) * learning.Generation;
            var reports = await sweeps.ListExperiencesAsync(sweepId, first, first + learning.Generation, cancellationToken);
            _states.Add(learning.Fold(_states[^1], reports));
        }

        return _states[generation];
    }
}
