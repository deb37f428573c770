using Serilog.Core;
using Sweep.Grains;
using Sweep.Search.Spaces;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>Sweeps in which trials learn from earlier ones, by generations.</summary>
public sealed class LearningRunTests : SweepScene
{
    private const string Random = """
        name: learn
        task: { dataset: fashion-mnist, model: mlp, epochs: 9 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 30, seed: 5 }
        parameters: { optimizer: sgd, schedule: learned_controller, lr: { min: 0.001, max: 1.0, distribution: log_uniform } }
        """;

    private const string First = "seed: 5, pruner: { type: halving, min_resource: 3, reduction_factor: 3 }";

    public static TheoryData<string> Searches => new(
        Random,
        Mixed(Random),
        With(Random, First),
        With(Random, First) + "\nreplicates: 2",
        Mixed(Random) + "\nreplicates: 3",
        Mixed(With(Random, First)),
        Mixed(With(Random, "seed: 5, parallel: 2, pruner: { type: asha, min_resource: 1 }")),
        With(Random, "seed: 5, parallel: 20, pruner: { type: asha, min_resource: 1 }"),
        Mixed(With(Random, "seed: 5, pruner: { type: median, min_trials: 2 }")),
        With(Random.Replace("trials: 30", "trials: 46", StringComparison.Ordinal), "seed: 5, pruner: { type: hyperband, min_resource: 1 }"),
        Mixed(Random.Replace("sampler: random", "sampler: tpe, startup_trials: 4", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Run_OnAnyNumberOfSlots_SameTable(string text)
    {
        var (one, spec) = await CreateAsync(text);
        Assert.Equal(RunOutcome.Completed, await RunAsync(one, spec, 1, new LearningTrainings(Curve)));
        foreach (var slots in (int[])[2, 8, 40])
        {
            var (many, _) = await CreateAsync(text);
            Assert.Equal(RunOutcome.Completed, await RunAsync(many, spec, slots, new LearningTrainings(Curve)));
            Assert.Equal(await TableAsync(one), await TableAsync(many));
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Run_StoppedAgainAndAgain_SameTable(string text)
    {
        var (whole, spec) = await CreateAsync(text);
        await RunAsync(whole, spec, 2, new LearningTrainings(Curve));

        var (stopped, _) = await CreateAsync(text);
        RunOutcome outcome;
        do
        {
            using var stop = new CancellationTokenSource();
            var epochs = 0;
            var trainings = new LearningTrainings(Curve)
            {
                OnEpoch = () =>
                {
                    if (Interlocked.Increment(ref epochs) == 17)
                    {
                        stop.Cancel();
                    }
                },
            };
            outcome = await RunAsync(stopped, spec, 3, trainings, stop.Token);
        }
        while (outcome == RunOutcome.Stopped);

        Assert.Equal(RunOutcome.Completed, outcome);
        Assert.Equal(await TableAsync(whole), await TableAsync(stopped));
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Run_EachTrial_StartsFromTheFirstRungsOfEarlierGenerations(string text)
    {
        var (sweep, spec) = await CreateAsync(text);
        var trainings = new LearningTrainings(Curve);
        await RunAsync(sweep, spec, 3, trainings);
        var trials = await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default);
        foreach (var trial in trials.Where(IsLearning))
        {
            var lessons = trials.Where(t => IsLearning(t) && t.Number < trial.Number / 8 * 8)
                .SelectMany(t => Enumerable.Range(1, Math.Min(t.Resource, t.FirstGranted)).Select(epoch => (ReadOnlyMemory<byte>)LearningTrainings.Lesson(t.Number, epoch)));
            var expected = Convert.ToHexString(LearningTrainings.Folded([], lessons));
            Assert.All(trainings.Starts.Where(start => start.Number == trial.Number), start => Assert.Equal(expected, start.Policy));
        }

        Assert.All(trials.Where(t => !IsLearning(t)), t => Assert.All(trainings.Starts.Where(s => s.Number == t.Number), s => Assert.Empty(s.Policy)));
        Assert.True(trainings.Starts.Select(s => s.Policy).Distinct().Count() >= 4);
    }

    [Fact]
    public async Task Run_WholeGenerationFails_NobodyWaitsForEver()
    {
        var (sweep, spec) = await CreateAsync(With(Random, First));
        var started = 0;
        var trainings = new LearningTrainings((x, epoch) =>
            Interlocked.Increment(ref started) <= 8 && epoch == 1 ? throw new InvalidOperationException("bad") : Curve(x, epoch));
        Assert.Equal(RunOutcome.Completed, await RunAsync(sweep, spec, 1, trainings));
        var trials = await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default);
        Assert.Equal(8, trials.Count(t => t.State == TrialState.Failed));
        Assert.All(trainings.Starts.Where(s => s.Number is >= 8 and < 16), s => Assert.Empty(s.Policy));
        Assert.All(trainings.Starts.Where(s => s.Number >= 16), s => Assert.NotEmpty(s.Policy));
    }

    [Fact]
    public async Task Run_AnotherTrialLearnsNothing_IsNotHeldUp()
    {
        var (sweep, spec) = await CreateAsync(Mixed(Random));
        var silo = new SiloRecord(Guid.NewGuid(), "test", ProcessIdentities.Current(), 1);
        await Store.RegisterSiloAsync(silo, default);
        var term = (await Store.ActivateSweepAsync(sweep.Id, silo.Incarnation, default)).Term!.Value;
        var grain = await SweepGrain.ActivateAsync(spec, Store, Store, new LearningTrainings(Curve), sweep.Id, term, default);
        await grain.AdvanceAsync([], 16, default);

        var trials = await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default);
        Assert.All(trials, t => Assert.Equal(IsLearning(t) && t.Number >= 8, t.IsHeld));
        Assert.Equal(16, trials.Count(t => !t.IsHeld));
        Assert.InRange(trials.Count(t => t.IsHeld), 1, 8);
        Assert.Equal(16, (await Store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "profile", 100, default)).Count);
    }

    [Fact]
    public async Task Advance_CrashBeforeARelease_ComesOutAgain()
    {
        var (sweep, spec) = await CreateAsync(Random);
        var silo = new SiloRecord(Guid.NewGuid(), "test", ProcessIdentities.Current(), 1);
        await Store.RegisterSiloAsync(silo, default);
        var term = (await Store.ActivateSweepAsync(sweep.Id, silo.Incarnation, default)).Term!.Value;
        var crashed = await SweepGrain.ActivateAsync(spec, Store, Store, new LearningTrainings(Curve), sweep.Id, term, default);
        await crashed.AdvanceAsync([], 16, default);
        foreach (var claimed in await Store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "profile", 100, default))
        {
            var grain = new TrialGrain(spec, claimed, new LearningTrainings(Curve), u => Store.WriteAsync(u, default), TimeProvider.System);
            await (await grain.RunAsync(default)).Durable;
        }

        // Generation 0 is trained, and the coordinator that would have told the next is gone.
        Assert.Empty(await Store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "profile", 100, default));
        await Store.RemoveSiloAsync(silo.Incarnation, default);
        Assert.Equal(RunOutcome.Completed, await RunAsync(sweep, spec, 2, new LearningTrainings(Curve)));
        var (whole, _) = await CreateAsync(Random);
        await RunAsync(whole, spec, 2, new LearningTrainings(Curve));
        Assert.Equal(await TableAsync(whole), await TableAsync(sweep));
    }

    private static string With(string text, string search) => text.Replace("seed: 5", search, StringComparison.Ordinal);

    private static string Mixed(string text) =>
        text.Replace("schedule: learned_controller", "schedule: { values: [constant, learned_controller] }", StringComparison.Ordinal);

    private static bool IsLearning(TrialRecord trial) => LearningTrainings.IsLearning(Configuration.Parse(trial.Parameters));

    private static double Curve(double x, int epoch) => 1 - (Math.Abs(Math.Log10(x) + 1.5) / 3) - (1.0 / (epoch + 1));
}
