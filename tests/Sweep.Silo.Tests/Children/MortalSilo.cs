using Serilog.Core;
using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Silo.Tests.Children;

/// <summary>A real silo of two slots in which one trial kills the whole process, as a fault in native code would.</summary>
internal static class MortalSilo
{
    /// <summary>Works until nothing is left, or until it is dead. Prints "trial NUMBER deaths COUNT beside NUMBERS" as each trial starts.</summary>
    /// <param name="db">The store, of either kind.</param>
    /// <param name="killer">The number of the trial that kills; -1 for none.</param>
    /// <param name="after">Epochs that it trains in this process before it kills; after one, nobody knows whether its checkpoint became durable.</param>
    /// <param name="lives">In how many attempts it does so.</param>
    public static async Task<int> RunAsync(string db, int killer, int after, int lives)
    {
        await using var store = await Stores.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        var preparer = new Preparer(killer, after, lives);
        await new Sweep.Silo.Hosting.Silo(store, preparer, new SiloOptions(2) { UntilIdle = true }, TimeProvider.System, Logger.None).RunAsync(CancellationToken.None);
        return 0;
    }

    private sealed class Preparer(int killer, int after, int lives) : ISweepPreparer
    {
        private readonly StoredSweeps _stored = new(_ => { });

        public async Task<SweepWork> PrepareAsync(SweepRecord sweep, CancellationToken cancellationToken)
        {
            var work = await _stored.PrepareAsync(sweep, cancellationToken);
            return work with { Trainings = new Factory(work.Trainings, killer, after, lives) };
        }

        public void Release(SweepWork work)
        {
        }
    }

    private sealed class Factory(ITrainingFactory trainings, int killer, int after, int lives) : ITrainingFactory
    {
        private readonly Lock _gate = new();
        private readonly List<int> _alive = [];

        public ITraining Start(TrialRecord trial, Checkpoint? checkpoint)
        {
            lock (_gate)
            {
                Console.WriteLine($"trial {trial.Number} deaths {trial.Deaths} beside {string.Join(' ', _alive)}".TrimEnd());
                _alive.Add(trial.Number);
            }

            var training = trainings.Start(trial, checkpoint);
            var kills = trial.Number == killer && trial.Attempt <= lives;
            return new Mortal(training, kills ? training.Epoch + after : int.MaxValue, () => End(trial.Number));
        }

        private void End(int number)
        {
            lock (_gate)
            {
                _alive.Remove(number);
            }
        }
    }

    private sealed class Mortal(ITraining training, int killsAt, Action end) : ITraining
    {
        public int Epoch => training.Epoch;

        public bool HasWeights => training.HasWeights;

        public EpochOutcome TrainEpoch(CancellationToken stop)
        {
            if (training.Epoch == killsAt)
            {
                using var self = System.Diagnostics.Process.GetCurrentProcess();
                self.Kill();
                stop.WaitHandle.WaitOne();
            }

            return training.TrainEpoch(stop);
        }

        public Checkpoint Save() => training.Save();

        public void Dispose()
        {
            training.Dispose();
            end();
        }
    }
}
