using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sweep.Grains;
using Sweep.Search.Spaces;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>
/// Trainings of a function, of which those with <c>schedule: learned_controller</c> learn from others: each value depends on every bit of what they start
/// from, so that a trial which started from anything else shows.
/// </summary>
internal sealed class LearningTrainings(Func<double, int, double> value) : ITrainingFactory, ILearnsAcrossTrials
{
    public int Generation => 8;

    /// <summary>What each trial started from, by attempt.</summary>
    public ConcurrentBag<(int Number, string Policy)> Starts { get; } = [];

    /// <summary>Called after each epoch.</summary>
    public Action? OnEpoch { get; init; }

    /// <summary>What is folded: the SHA-256 of the state and the reports, one after another.</summary>
    public static byte[] Folded(ReadOnlySpan<byte> state, IEnumerable<ReadOnlyMemory<byte>> reports)
    {
        foreach (var report in reports)
        {
            state = SHA256.HashData([.. state, .. report.Span]);
        }

        return state.ToArray();
    }

    public static bool IsLearning(Configuration configuration) =>
        configuration.TryGet("schedule", out var schedule) && (string)schedule.ToObject()! == "learned_controller";

    /// <summary>What an epoch of a trial teaches.</summary>
    public static byte[] Lesson(int number, int epoch) => [(byte)number, (byte)epoch];

    public bool Learns(Configuration configuration) => IsLearning(configuration);

    public byte[] Fold(ReadOnlyMemory<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> reports) => Folded(state.Span, reports);

    public ITraining Start(TrialRecord trial, Checkpoint? checkpoint)
    {
        var configuration = Configuration.Parse(trial.Parameters);
        configuration.TryGet("lr", out var x);
        Starts.Add((trial.Number, Convert.ToHexString(trial.Policy.Span)));
        return new Training(this, trial, x!.AsReal, IsLearning(configuration), checkpoint?.Epoch ?? 0);
    }

    private sealed class Training(LearningTrainings all, TrialRecord trial, double x, bool learns, int epoch) : ITraining
    {
        public int Epoch { get; private set; } = epoch;

        public EpochOutcome TrainEpoch(CancellationToken stop)
        {
            if (stop.IsCancellationRequested)
            {
                return new EpochOutcome.Stopped();
            }

            Epoch++;
            var taught = trial.Policy.IsEmpty ? 0 : BitConverter.ToUInt16(trial.Policy.Span) / 1e6;
            var result = all.Value(x, Epoch) + taught;
            all.OnEpoch?.Invoke();
            return new EpochOutcome.Finished(new Dictionary<string, double> { ["val_accuracy"] = result }, x, 0.001)
            {
                Experiences = learns ? Lesson(trial.Number, Epoch) : default(ReadOnlyMemory<byte>),
            };
        }

        public Checkpoint Save() => new(Epoch, 0, BitConverter.GetBytes(Epoch));

        public void Dispose()
        {
        }
    }

    private double Value(double x, int epoch) => value(x, epoch);
}
