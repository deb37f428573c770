using Sweep.Client.Commands;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>Follows a sweep by reading the store. The cost of a snapshot is proportional to the changes since the last, not to the size of the sweep.</summary>
internal sealed class SweepFollower(IStore store, SweepRecord sweep, TimeProvider time)
{
    // By trial id: the trial's key and the epochs counted so far.
    private readonly Dictionary<long, (TrialPlace Place, int Resource)> _open = [];

    // A paused trial changes only by a decision of the coordinator.
    private readonly Dictionary<long, (TrialPlace Place, int Resource)> _paused = [];
    private SweepSpec? _spec;
    private RunProgress? _progress;
    private long _term;
    private int _next;
    private long _decision;

    /// <summary>Reads a snapshot; null if the sweep was deleted.</summary>
    public async Task<SweepSnapshot?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await store.FindSweepAsync(sweep.Name, cancellationToken) is not { } now || now.Id != sweep.Id)
        {
            return null;
        }

        // A user's change starts a new term: ended trials may be open again, and trials may have been added.
        var ended = now.Term != _term || _spec is null ? await ReloadAsync(now, cancellationToken) : await AdvanceAsync(cancellationToken);
        var summary = await store.SummarizeAsync(sweep.Id, cancellationToken);
        var running = await store.ListRunningAsync(sweep.Id, cancellationToken);
        var silos = running.Count == 0
            ? []
            : (await store.ListSilosAsync(cancellationToken)).ToDictionary(standing => standing.Silo.Incarnation, standing => standing.Silo.Name);
        var best = await SweepRankingQuery.RankAsync(store, _spec!, sweep.Id, 1, cancellationToken);
        var waiting = await WaitingDiagnosis.ReadAsync(store, summary, _spec!, cancellationToken);
        return new SweepSnapshot(
            summary,
            _spec!,
            _progress!,
            ended,
            [.. running.Select(trial => LiveTrial.Of(trial, silos))],
            best is [var first] ? first : null,
            waiting.Reasons());
    }

    private async Task<IReadOnlyList<TrialRecord>> ReloadAsync(SweepRecord now, CancellationToken cancellationToken)
    {
        var isFirst = _spec is null;
        (_term, _spec) = (now.Term, SpecSource.Parse(now.SpecText, now.SpecFile).Spec!.Extended(now.More));
        await ListDecidedAsync(cancellationToken);
        var trials = await store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, cancellationToken);
        _progress = new RunProgress(_spec, trials, time);
        List<TrialRecord> ended = isFirst ? [] : [.. trials.Where(trial => trial.State.IsOver() && (_open.ContainsKey(trial.Id) || _paused.ContainsKey(trial.Id) || trial.Number >= _next))];
        _open.Clear();
        _paused.Clear();
        _next = 0;
        Remember(trials);
        return ended;
    }

    private async Task<IReadOnlyList<TrialRecord>> AdvanceAsync(CancellationToken cancellationToken)
    {
        foreach (var id in await ListDecidedAsync(cancellationToken))
        {
            if (_paused.Remove(id, out var trial))
            {
                _open.Add(id, trial);
            }
        }

        // All replicates of a number are written in one transaction.
        var fresh = await store.ListTrialsAsync(sweep.Id, _next, int.MaxValue, cancellationToken);
        var known = await store.ListProgressAsync(sweep.Id, [.. _open.Values.Select(trial => trial.Place)], cancellationToken);
        foreach (var trial in known)
        {
            Count(trial, _open[trial.Id].Resource);
            _open.Remove(trial.Id);
        }

        foreach (var trial in fresh)
        {
            Count(trial, 0);
        }

        Remember(known);
        Remember(fresh);
        return [.. known.Concat(fresh).Where(trial => trial.State.IsOver()).OrderBy(trial => trial.Number).ThenBy(trial => trial.Replicate)];
    }

    private async Task<IEnumerable<long>> ListDecidedAsync(CancellationToken cancellationToken)
    {
        var decisions = await store.ListDecisionsAsync(sweep.Id, _decision, cancellationToken);
        _decision = decisions is [.., var last] ? last.Id : _decision;
        return decisions.Select(decision => decision.TrialId);
    }

    private void Count(TrialRecord trial, int before) => _progress!.Count(trial.State, trial.Granted, before, trial.Resource);

    private void Remember(IReadOnlyList<TrialRecord> trials)
    {
        foreach (var trial in trials)
        {
            _next = Math.Max(_next, trial.Number + 1);
            if (!trial.State.IsOver())
            {
                (trial.State == TrialState.Paused ? _paused : _open)[trial.Id] = (new TrialPlace(trial.Number, trial.Replicate), trial.Resource);
            }
        }
    }
}
