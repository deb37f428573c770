using System.Diagnostics;
using System.Globalization;
using Serilog.Core;
using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Postgres;

namespace Sweep.Bench.Orchestration;

/// <summary>What handing over a report costs the trial: from the end of one epoch's training to the beginning of the next.</summary>
internal static class HandOver
{
    private const int Commits = 200;

    /// <summary>Two slots train epochs of a millisecond; prints the medians, in milliseconds, of what lies between them and of a commit that is waited for.</summary>
    public static async Task<int> MeasureAsync(string db)
    {
        if (Stores.IsPostgres(db))
        {
            await PostgresSchema.CreateAsync(db, CancellationToken.None);
        }

        await using var store = await Stores.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        await store.CreateSweepAsync(await Fleet.ReadAsync("""
            name: hand-over
            task: { function: sphere, dimensions: 2, epochs: 500, sleep: 0.001 }
            objective: { metric: value, goal: minimize }
            search: { sampler: random, trials: 8, seed: 1 }
            parameters: { x0: { min: -5.0, max: 5.0 }, x1: { min: -5.0, max: 5.0 } }
            """), CancellationToken.None);
        var preparer = new TimedPreparer();
        await new Sweep.Silo.Hosting.Silo(store, preparer, new SiloOptions(2) { UntilIdle = true }, TimeProvider.System, Logger.None).RunAsync(CancellationToken.None);
        var silo = new SiloRecord(Guid.NewGuid(), "commits", new ProcessIdentity("bench", "bench", "bench", Environment.ProcessId, 0), 1);
        await store.RegisterSiloAsync(silo, CancellationToken.None);
        var commits = new List<double>();
        for (var i = 0; i < Commits; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await store.BeatAsync(silo.Incarnation, CancellationToken.None);
            commits.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        await store.RemoveSiloAsync(silo.Incarnation, CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Median(preparer.Between):F4} {Median(commits):F4}"));
        return 0;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private sealed class TimedPreparer : ISweepPreparer
    {
        private readonly StoredSweeps _sweeps = new(_ => { });

        public List<double> Between { get; } = [];

        public async Task<SweepWork> PrepareAsync(SweepRecord sweep, CancellationToken cancellationToken)
        {
            var work = await _sweeps.PrepareAsync(sweep, cancellationToken);
            return work with { Trainings = new TimedTrainings(work.Trainings, Between) };
        }

        public void Release(SweepWork work)
        {
        }
    }

    private sealed class TimedTrainings(ITrainingFactory trainings, List<double> between) : ITrainingFactory
    {
        public ITraining Start(TrialRecord trial, Checkpoint? checkpoint) => new TimedTraining(trainings.Start(trial, checkpoint), between);
    }

    private sealed class TimedTraining(ITraining training, List<double> between) : ITraining
    {
        private readonly List<double> _own = [];
        private long _end;

        public int Epoch => training.Epoch;

        public bool HasWeights => training.HasWeights;

        public EpochOutcome TrainEpoch(CancellationToken stop)
        {
            if (_end != 0)
            {
                _own.Add(Stopwatch.GetElapsedTime(_end).TotalMilliseconds);
            }

            var outcome = training.TrainEpoch(stop);
            _end = Stopwatch.GetTimestamp();
            return outcome;
        }

        public Checkpoint Save() => training.Save();

        public void Dispose()
        {
            lock (between)
            {
                between.AddRange(_own);
            }

            training.Dispose();
        }
    }
}
