using System.Collections.Concurrent;
using Sweep.Grains;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;

namespace Sweep.Silo.Execution;

/// <summary>What a short run of a sweep's first configurations measured. Nothing is stored.</summary>
/// <param name="Configurations">How many were run.</param>
/// <param name="SecondsPerEpoch">Their mean time for an epoch, all slots busy.</param>
/// <param name="CheckpointBytes">Their mean checkpoint.</param>
public sealed record Calibration(int Configurations, double SecondsPerEpoch, double CheckpointBytes)
{
    private static readonly TimeSpan TimeForEach = TimeSpan.FromSeconds(0.75);

    /// <summary>Runs two configurations on each slot, each for a moment, all slots at once as the sweep will.</summary>
    /// <returns>Null when none of them trained: each failed at once.</returns>
    public static async Task<Calibration?> MeasureAsync(
        SweepSpec spec, ITrainingFactory trainings, int slots, TimeProvider time, CancellationToken cancellationToken)
    {
        var first = new ConcurrentQueue<Suggestion>(new SweepSearch(spec).Suggest(2 * slots));
        var measured = new ConcurrentBag<(double Seconds, long Bytes)>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(slots, first.Count)).Select(async slot =>
        {
            using var thread = new SlotScheduler($"calibration {slot}");
            while (first.TryDequeue(out var suggestion))
            {
                if (await thread.RunAsync(() => Task.FromResult(Measure(suggestion, trainings, time, cancellationToken)), cancellationToken) is { } one)
                {
                    measured.Add(one);
                }
            }
        }));
        return measured.IsEmpty ? null : new Calibration(measured.Count, measured.Average(one => one.Seconds), measured.Average(one => (double)one.Bytes));
    }

    private static (double Seconds, long Bytes)? Measure(
        Suggestion suggestion, ITrainingFactory trainings, TimeProvider time, CancellationToken cancellationToken)
    {
        var trial = new TrialRecord(0, 0, suggestion.Number, 0, TrialState.Running, 1, suggestion.Configuration.ToJson(), suggestion.Granted, 0, 0, [], "", 0, "");
        using var limit = new CancellationTokenSource(TimeForEach, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var training = trainings.Start(trial, null);
            var start = time.GetTimestamp();
            var (epochs, seconds) = (0.0, 0.0);
            while (training.Epoch < suggestion.Granted && training.TrainEpoch(stop.Token) is var outcome)
            {
                epochs = training.Epoch;
                seconds = time.GetElapsedTime(start).TotalSeconds;
                if (outcome is not EpochOutcome.Finished)
                {
                    epochs += outcome is EpochOutcome.Stopped && (training as IReportsProgress)?.Progress is { StepsPerEpoch: > 0 } p ? (double)p.Step / p.StepsPerEpoch : 0;
                    break;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            return epochs > 0 ? (seconds / epochs, training.Save().Content.Length) : null;
        }
#pragma warning disable CA1031 // A configuration that fails says nothing about time: its own trial will say why.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
