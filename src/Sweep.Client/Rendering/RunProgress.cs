using Sweep.Grains.Grains;
using Sweep.Grains.Search;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;
using Sweep.Silo.Hosting;

namespace Sweep.Client.Rendering;

/// <summary>Counts epochs trained here against epochs to come, for the bar and the time left.</summary>
internal sealed class RunProgress
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private double _total;
    private long _before;
    private long _here;

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

    /// <summary>Takes in a trial that ended, on the coordinator's thread.</summary>
    public void Count(TrialEnd end)
    {
        var reached = end.LastReport?.Step ?? 0;
        Interlocked.Add(ref _here, Math.Max(0, reached - end.Trial.Resource));
        Skip(end.Outcome.State, end.Trial.Granted, reached);
    }

    /// <summary>The share of all epochs that is trained, and the time that the rest will take; null before there is anything to go by.</summary>
    public (double Share, TimeSpan? Left) Estimate(IReadOnlyList<RunningTrial> running)
    {
        var here = Interlocked.Read(ref _here) + running.Sum(Partly);
        var done = _before + here;
        var left = Math.Max(0, _total - done);
        var share = _total > 0 ? Math.Min(1, done / _total) : 0;
        return (share, here > 0.5 ? TimeSpan.FromSeconds(Elapsed.TotalSeconds / here * left) : null);
    }

    private static double Partly(RunningTrial trial) => trial.Progress is { StepsPerEpoch: > 0 } p
        ? Math.Max(0, p.Epoch - trial.Trial.Resource) + ((double)p.Step / p.StepsPerEpoch)
        : 0;

    // What a trial that went wrong was granted and will not train.
    private void Skip(TrialState state, int granted, int reached)
    {
        if (state is TrialState.Failed or TrialState.Diverged or TrialState.Canceled or TrialState.Poisoned)
        {
            _total -= granted - reached;
        }
    }
}
