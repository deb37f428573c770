using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary>Runs a sweep in this process, displays its progress and prints the ranking. Used by <c>run</c> and <c>resume</c>.</summary>
internal static class SweepSession
{
    private const int RankingRows = 5;

    public static async Task<int> RunAsync(
        Terminal terminal,
        IStore store,
        SweepRecord sweep,
        SweepSpec spec,
        ITrainings trainings,
        int slots,
        string db,
        bool verbose)
    {
        if (SpecText.UnusedSlots(spec, slots) is { } unused)
        {
            Terminal.Info(unused);
        }

        using var log = CommandLog.Open(db, file: null, verbose);
        var silo = new EmbeddedSilo(store, new SweepWork(sweep, spec, trainings, trainings.NumericsProfile), slots, TimeProvider.System, log.Logger);
        var view = await RunView.CreateAsync(terminal, silo, store, sweep, spec, TimeProvider.System);
        using var signals = new StopSignals(view.Stopping);
        var outcome = await view.ShowAsync(silo.RunAsync(signals.Token));
        return await ConcludeAsync(terminal, store, sweep, spec, outcome, db);
    }

    /// <summary>Reports how a sweep ended, prints the ranking and returns the exit code.</summary>
    public static async Task<int> ConcludeAsync(
        Terminal terminal, IStore store, SweepRecord sweep, SweepSpec spec, RunOutcome outcome, string db)
    {
        var option = StoreName.Option(db);
        switch (outcome)
        {
            case RunOutcome.Stopped:
                Terminal.Info($"stopped; everything is saved. To resume: sweep resume {sweep.Name}{option}");
                return ExitCodes.Interrupted;

            case RunOutcome.Canceled:
                await WriteRankingAsync(terminal, store, sweep, spec);
                Terminal.Error($"sweep {sweep.Name} was canceled");
                return ExitCodes.Failure;

            case RunOutcome.Lost:
                Terminal.Error($"another process continues sweep {sweep.Name}: sweep watch {sweep.Name}{option}");
                return ExitCodes.Failure;

            default:
                var best = await WriteRankingAsync(terminal, store, sweep, spec);
                if (outcome == RunOutcome.Failed)
                {
                    Terminal.Error($"no trial of sweep {sweep.Name} has a value: sweep trials {sweep.Name}{option} shows why");
                    return ExitCodes.Failure;
                }

                if (best[0].Trial.TestMetrics is not null)
                {
                    Terminal.Info("the value that selected the best trial is optimistic; the test set was not used to select it");
                }

                Terminal.Info($"all trials:              sweep best {sweep.Name} -k {spec.Search.Trials}{option}");
                Terminal.Info($"the best trial:          sweep trial {sweep.Name} {best[0].Trial.Number}{option}");
                return ExitCodes.Success;
        }
    }

    /// <summary>Prints the best trials so far, if there are any.</summary>
    public static async Task<IReadOnlyList<RankedTrial>> WriteRankingAsync(Terminal terminal, ISweepStore store, SweepRecord sweep, SweepSpec spec)
    {
        var best = await SweepRankingQuery.RankAsync(store, spec, sweep.Id, RankingRows, CancellationToken.None);
        if (best.Count > 0)
        {
            terminal.Display.Write(TrialTable.Create(spec, best, ranked: true, terminal.Display.Profile.Width));
        }

        return best;
    }
}
