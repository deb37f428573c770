using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>Counts epochs trained since it was made against epochs to come, for the bar and the time left.</summary>
internal sealed class RunProgress
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _before;
    private double _total;
    private long _since;

    /// <summary>Starts to count.</summary>
    /// <param name="trials">The sweep's trials at this moment.</param>
    public RunProgress(SweepSpec spec, IReadOnlyList<TrialRecord> trials, TimeProvider time)
    {
        (_time, _start) = (time, time.GetTimestamp());
        _total = SearchPlan.Of(spec).Epochs;
        foreach (var trial in trials)
        {
            _before += trial.Resource;
            Skip(trial.State, trial.Granted, trial.Resource);
        }
    }

    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Takes in how far a trial got; on one thread at a time.</summary>
    /// <param name="before">Epochs of it that were counted before.</param>
    /// <param name="reached">Epochs that it has now.</param>
    public void Count(TrialState state, int granted, int before, int reached)
    {
        Interlocked.Add(ref _since, Math.Max(0, reached - before));
        Skip(state, granted, reached);
    }

    /// <summary>The share of all epochs that is trained, and the time that the rest will take; null before there is anything to go by.</summary>
    public (double Share, TimeSpan? Left) Estimate(IReadOnlyList<LiveTrial> running)
    {
        var since = Interlocked.Read(ref _since) + running.Sum(trial => trial.Ahead);
        var done = _before + since;
        var left = Math.Max(0, _total - done);
        var share = _total > 0 ? Math.Min(1, done / _total) : 0;
        return (share, since > 0.5 ? TimeSpan.FromSeconds(Elapsed.TotalSeconds / since * left) : null);
    }

    // What a trial that went wrong was granted and will not train.
    private void Skip(TrialState state, int granted, int reached)
    {
        if (state is TrialState.Failed or TrialState.Diverged or TrialState.Canceled or TrialState.Poisoned)
        {
            _total -= granted - reached;
        }
    }
}
