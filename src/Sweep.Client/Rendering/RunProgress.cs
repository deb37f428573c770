using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>Counts trained and remaining epochs, for the progress bar and the remaining time.</summary>
internal sealed class RunProgress
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _before;
    private double _total;
    private long _since;

    /// <summary>Starts counting.</summary>
    /// <param name="trials">The current trials of the sweep.</param>
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

    /// <summary>Adds the progress of a trial. Not thread-safe.</summary>
    /// <param name="before">Epochs of the trial that were counted before.</param>
    /// <param name="reached">Epochs of the trial now.</param>
    public void Count(TrialState state, int granted, int before, int reached)
    {
        Interlocked.Add(ref _since, Math.Max(0, reached - before));
        Skip(state, granted, reached);
    }

    /// <summary>The fraction of epochs trained, and the estimated remaining time; null before the first progress.</summary>
    public (double Share, TimeSpan? Left) Estimate(IReadOnlyList<LiveTrial> running)
    {
        var since = Interlocked.Read(ref _since) + running.Sum(trial => trial.Ahead);
        var done = _before + since;
        var left = Math.Max(0, _total - done);
        var share = _total > 0 ? Math.Min(1, done / _total) : 0;
        return (share, since > 0.5 ? TimeSpan.FromSeconds(Elapsed.TotalSeconds / since * left) : null);
    }

    // Epochs that an unsuccessful trial will not train.
    private void Skip(TrialState state, int granted, int reached)
    {
        if (state is TrialState.Failed or TrialState.Diverged or TrialState.Canceled or TrialState.Poisoned)
        {
            _total -= granted - reached;
        }
    }
}
