using System.Globalization;
using Sweep.Search;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>
/// Owns one attempt of a trial: trains it epoch by epoch, reports each, hands over checkpoints when they are due,
/// and says how it ended. Knows neither lease, thread nor database.
/// </summary>
/// <remarks>
/// Reports are handed over and not waited for. It waits in one place: a checkpoint is not handed over before the one before it
/// is durable. The first write that is lost ends the attempt: somebody else owns the trial.
/// </remarks>
public sealed class TrialGrain(
    SweepSpec spec,
    ClaimedTrial claimed,
    ITrainingFactory trainings,
    Func<OwnerUnit, Task<WriteResult>> write,
    TimeProvider time)
{
    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(1);

    private readonly TrialRecord _trial = claimed.Trial;
    private readonly OwnRules _rules = Rules(spec, claimed);
    private readonly int _maxResource = spec.MaxResourceOf(Configuration.Parse(claimed.Trial.Parameters));
    private readonly Queue<Task<WriteResult>> _pending = new();
    private Task<WriteResult> _lastCheckpoint = Task.FromResult(WriteResult.Written);
    private long _lastCheckpointAt = time.GetTimestamp();
    private ReportRecord? _lastReport = claimed.LastReport;

    /// <summary>The training in progress, for who wants to watch it; null before it began.</summary>
    public ITraining? Training { get; private set; }

    /// <summary>The trial that is owned.</summary>
    public TrialRecord Trial => _trial;

    /// <summary>The newest report.</summary>
    public ReportRecord? LastReport => _lastReport;

    /// <summary>Trains to the resource granted, to a bad end, or until <paramref name="stop"/>.</summary>
    public async Task<TrialEnd> RunAsync(CancellationToken stop)
    {
        try
        {
            using var training = trainings.Start(_trial, claimed.Checkpoint);
            Training = training;
            return await TrainAsync(training, stop);
        }
#pragma warning disable CA1031 // One bad trial harms nobody: whatever its training throws is its own outcome.
        catch (Exception e) when (e is not OperationCanceledException and not StoreException)
#pragma warning restore CA1031
        {
            return End(new OwnerUnit(_trial.Id, _trial.Attempt) { Outcome = new TrialOutcome(TrialState.Failed, OneLine(e)) });
        }
        finally
        {
            Training = null;
        }
    }

    private async Task<TrialEnd> TrainAsync(ITraining training, CancellationToken stop)
    {
        var unit = new OwnerUnit(_trial.Id, _trial.Attempt);
        while (training.Epoch < _trial.Granted)
        {
            switch (training.TrainEpoch(stop))
            {
                case EpochOutcome.Diverged diverged:
                    return End(unit with { Outcome = new TrialOutcome(TrialState.Diverged, diverged.Reason) });

                case EpochOutcome.Stopped:
                    await _lastCheckpoint;
                    return End(unit with { Checkpoint = training.Save(), Outcome = new TrialOutcome(TrialState.Waiting) });

                case EpochOutcome.Finished finished:
                    var report = Report(training.Epoch, finished, out var improved, out var isBest);
                    var verdict = _rules.After(training.Epoch, report.Metrics[spec.Objectives[0].Metric]);
                    var over = verdict is not null || training.Epoch >= _trial.Granted;
                    var outcome = over ? AtResource(verdict) : null;
                    var due = over ? training.HasWeights || !outcome!.State.IsOver() : CheckpointIsDue(training.Epoch, improved);
                    if (due)
                    {
                        await _lastCheckpoint;
                    }

                    if (await IsLostAsync())
                    {
                        return new TrialEnd(_trial, new TrialOutcome(TrialState.Running), _lastReport, Task.FromResult(WriteResult.Lost));
                    }

                    _lastReport = report;
                    var next = unit with
                    {
                        Report = report,
                        Checkpoint = due ? training.Save() with { IsBest = isBest } : null,
                        Outcome = outcome,
                    };
                    if (over)
                    {
                        return End(next);
                    }

                    HandOver(next);
                    break;
            }
        }

        // Nothing was left to train: the resource granted was reached before a crash and its outcome is all that is missing.
        return End(unit with
        {
            Outcome = AtResource(null),
        });
    }

    private ReportRecord Report(int epoch, EpochOutcome.Finished finished, out bool improved, out bool isBest)
    {
        (improved, isBest) = (false, false);
        var values = new double?[spec.Objectives.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var objective = spec.Objectives[i];
            if (!finished.Metrics.TryGetValue(objective.Metric, out var value))
            {
                throw new SweepException(
                    $"the training reported no {objective.Metric}; it reported {string.Join(", ", finished.Metrics.Keys)}");
            }

            var before = _lastReport?.Values[i];
            double? now = double.IsFinite(value) ? value : null;
            var better = now is { } n && (before is not { } b || (objective.Goal == ObjectiveGoal.Maximize ? n > b : n < b));
            improved |= better && objective.Over == ObjectiveOver.Best;

            // Winners are chosen by the first objective, and tested at the epoch that it was best in.
            isBest |= i == 0 && improved;
            values[i] = objective.Over == ObjectiveOver.Best && !better ? before : now;
        }

        var metrics = new Dictionary<string, double?>(finished.Metrics.Count, StringComparer.Ordinal);
        foreach (var (name, value) in finished.Metrics)
        {
            metrics.Add(name, double.IsFinite(value) ? value : null);
        }

        return new ReportRecord(epoch, values, metrics, finished.LearningRate, finished.Seconds) { Experiences = finished.Experiences };
    }

    private TrialOutcome AtResource(OwnVerdict? verdict) => verdict is not null
        ? new(verdict.State, verdict.Reason, verdict.State == TrialState.Completed ? _maxResource : null)
        : new(_trial.Granted < _maxResource ? TrialState.Paused : TrialState.Completed);

    private static OwnRules Rules(SweepSpec spec, ClaimedTrial claimed)
    {
        var rules = new OwnRules(spec.Search.Rules, spec.Objectives[0].Goal);
        foreach (var report in claimed.EarlierReports)
        {
            rules.After(report.Step, report.Metrics.GetValueOrDefault(spec.Objectives[0].Metric));
        }

        return rules;
    }

    private bool CheckpointIsDue(int epoch, bool improved) =>
        improved || (spec.CheckpointEvery is { } every
            ? epoch % every == 0
            : time.GetElapsedTime(_lastCheckpointAt) >= CheckpointInterval);

    private void HandOver(OwnerUnit unit)
    {
        var written = write(unit);
        _pending.Enqueue(written);
        if (unit.Checkpoint is not null)
        {
            _lastCheckpoint = written;
            _lastCheckpointAt = time.GetTimestamp();
        }
    }

    private async Task<bool> IsLostAsync()
    {
        while (_pending.TryPeek(out var written) && written.IsCompleted)
        {
            if (await _pending.Dequeue() == WriteResult.Lost)
            {
                return true;
            }
        }

        return false;
    }

    private TrialEnd End(OwnerUnit unit) => new(_trial, unit.Outcome!, _lastReport, write(unit));

    private static string OneLine(Exception e) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(e is SweepException ? "" : e.GetType().Name + ": ")}{e.Message.ReplaceLineEndings(" ")}");
}
