using Sweep.Search;
using Sweep.Search.Ranking;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>
/// Resolves <c>warm_start</c>: the best configurations of an earlier sweep, and what else it tried, are written into the sweep's own spec,
/// so that nothing that becomes of the earlier one later can change it.
/// </summary>
public static class WarmStart
{
    /// <summary>The spec with the earlier sweep's best behind its own first trials, its text included; those outside of its space are reported and left out.</summary>
    /// <param name="store">Where the earlier sweep is; null when there is none yet.</param>
    /// <param name="read">Reads a sweep file: its text and where it came from.</param>
    /// <param name="report">Receives a line for each configuration that is left out, with the reason.</param>
    /// <exception cref="SweepException">There is no such sweep, it is not over (its ranking would still change), or none of its best fits.</exception>
    public static async Task<SweepSpec> ResolveAsync(
        SweepSpec spec, ISweepStore? store, Func<string, string, SpecResult> read, Action<string> report, CancellationToken cancellationToken)
    {
        if (spec.Search.WarmStart is not { } start)
        {
            return spec;
        }

        var earlier = store is null ? null : await store.FindSweepAsync(start.Sweep, cancellationToken);
        if (earlier is null)
        {
            throw new NotFoundException($"warm_start: there is no sweep {start.Sweep}");
        }

        if (!earlier.State.IsOver())
        {
            throw new SweepException($"warm_start: sweep {start.Sweep} is {earlier.State}: only one that is over can be started from");
        }

        if (read(earlier.SpecText, earlier.SpecFile).Spec is not { } earlierSpec)
        {
            throw new SweepException($"warm_start: the spec of sweep {start.Sweep} is not valid any more");
        }

        var given = new List<Configuration>();
        var known = spec.Search.Enqueue.ToHashSet();
        foreach (var (trial, _) in await SweepRankingQuery.RankAsync(store!, earlierSpec, earlier.Id, start.Top, cancellationToken))
        {
            if (trial.Values is not [{ }, ..] || trial.State.IsFailure())
            {
                continue;
            }

            if (spec.Space.Find(Configuration.Parse(trial.Parameters), out var problem) is not { } configuration)
            {
                report($"warm_start: trial {trial.Number} of {start.Sweep} is left out: {problem}");
            }
            else if (known.Add(configuration))
            {
                given.Add(configuration);
            }
        }

        if (given.Count == 0)
        {
            throw new SweepException($"warm_start: none of the best {start.Top} of sweep {start.Sweep} lies in this sweep's space");
        }

        var text = SpecSections.Add(
            spec.Source, WarmStartSpec.Resolved, $"The best of {start.Sweep} when the sweep was submitted.", $"[{string.Join(", ", given.Select(configuration => configuration.ToJson()))}]");
        if (!spec.Search.Duplicates.IsAllowed && await TriedAsync(spec, store!, earlier.Id, known, cancellationToken) is { Count: > 0 } tried)
        {
            text = SpecSections.Add(text, DuplicateRule.TriedSection, $"What else {start.Sweep} tried, by number in this sweep's space: not proposed again.", $"\"{string.Join(' ', tried)}\"");
        }

        var result = read(text, spec.File);
        return result.Spec
            ?? throw new SweepException($"warm_start: with what sweep {start.Sweep} tried, the file is not valid any more: {string.Join("; ", result.Errors.Select(error => error.Message))}");
    }

    /// <summary>The points of the space that the earlier sweep tried, besides those given; one that was canceled was not.</summary>
    private static async Task<SortedSet<ulong>> TriedAsync(
        SweepSpec spec, ISweepStore store, long earlier, HashSet<Configuration> given, CancellationToken cancellationToken)
    {
        var tried = new SortedSet<ulong>();
        foreach (var trial in await store.ListTrialsAsync(earlier, 0, int.MaxValue, cancellationToken))
        {
            if (trial.Replicate == 0 && trial.State.IsOver() && trial.State != TrialState.Canceled
                && spec.Space.Find(Configuration.Parse(trial.Parameters), out _) is { } configuration && !given.Contains(configuration)
                && spec.Space.KeyOf(configuration) is { } key)
            {
                tried.Add(key);
            }
        }

        return tried;
    }
}
