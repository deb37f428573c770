using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>
/// The display while a sweep runs: a live view on a terminal; elsewhere (a file, a pipe, CI) a line for each trial that ended.
/// </summary>
internal sealed class RunView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private const string StoppingNote = "stopping: running trials are being saved (press Ctrl-C again to stop at once)";

    private readonly Terminal _terminal;
    private readonly EmbeddedSilo _run;
    private readonly ISweepStore _store;
    private readonly SweepRecord _sweep;
    private readonly SweepSpec _spec;
    private readonly TimeProvider _time;
    private readonly RunProgress _progress;
    private volatile bool _changed = true;
    private volatile bool _stopping;

    private RunView(
        Terminal terminal, EmbeddedSilo run, ISweepStore store, SweepRecord sweep, SweepSpec spec, TimeProvider time, RunProgress progress)
    {
        (_terminal, _run, _store, _sweep, _spec, _time, _progress) = (terminal, run, store, sweep, spec, time, progress);
        run.OnTested = OnTested;
        run.OnTrialEnded = end =>
        {
            progress.Count(end.Outcome.State, end.Trial.Granted, end.Trial.Resource, end.LastReport?.Step ?? 0);
            _changed = true;
            if (!Terminal.IsInteractive)
            {
                Terminal.Info(TrialLine.Of(spec, end));
            }
        };
    }

    private void OnTested(TrialRecord trial, TrialTest test)
    {
        if (!Terminal.IsInteractive)
        {
            Terminal.Info($"trial {TrialName.Of(_spec, trial)} on the test set: {TestText.OneLine(test.Metrics)}");
        }
    }

    public static async Task<RunView> CreateAsync(
        Terminal terminal, EmbeddedSilo run, ISweepStore store, SweepRecord sweep, SweepSpec spec, TimeProvider time)
    {
        var trials = await store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, CancellationToken.None);
        return new RunView(terminal, run, store, sweep, spec, time, new RunProgress(spec, trials, time));
    }

    /// <summary>Reports that the sweep is being stopped.</summary>
    public void Stopping()
    {
        _stopping = true;
        if (!Terminal.IsInteractive)
        {
            Terminal.Info("stopping: running trials are being saved (a second signal stops at once)");
        }
    }

    /// <summary>Displays the run until it ends.</summary>
    public async Task<RunOutcome> ShowAsync(Task<RunOutcome> run)
    {
        if (!Terminal.IsInteractive)
        {
            Terminal.Info($"sweep {_sweep.Name}: {SpecText.OneLine(_spec)}");
            return await run;
        }

        await _terminal.Display.Live(new LiveView(_sweep.Name, _spec).Render(new Dictionary<TrialState, int>(), [], null, _progress, []))
            .AutoClear(true)
            .StartAsync(async live =>
            {
                var view = new LiveView(_sweep.Name, _spec);
                IReadOnlyDictionary<TrialState, int> counts = new Dictionary<TrialState, int>();
                RankedTrial? best = null;
                using var timer = new PeriodicTimer(Interval, _time);
                while (!run.IsCompleted)
                {
                    if (_changed)
                    {
                        _changed = false;
                        counts = (await _store.SummarizeAsync(_sweep.Id, CancellationToken.None)).Counts;
                        best = await SweepRankingQuery.RankAsync(_store, _spec, _sweep.Id, 1, CancellationToken.None) is [var first] ? first : null;
                    }

                    live.UpdateTarget(view.Render(counts, [.. _run.Running().Select(LiveTrial.Of)], best, _progress, _stopping ? [StoppingNote] : []));
                    await Task.WhenAny(run, timer.WaitForNextTickAsync().AsTask());
                }
            });

        var outcome = await run;
        _terminal.Display.MarkupLine(
            $"[bold]{Markup.Escape(_sweep.Name)}[/]  {Markup.Escape(SpecText.OneLine(_spec))}, {Numbers.Duration(_progress.Elapsed)}");
        return outcome;
    }
}
