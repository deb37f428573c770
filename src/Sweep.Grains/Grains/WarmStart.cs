using Sweep.Grains.Ranking;
using Sweep.Grains.Search.Spaces;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Grains.Grains;

/// <summary>Resolves <c>warm_start</c>: the best configurations of an earlier sweep, written into the sweep's own spec, so that nothing that becomes of the earlier one later can change it.</summary>
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
        foreach (var (trial, _) in await SweepRanking.RankAsync(store!, earlierSpec, earlier.Id, start.Top, cancellationToken))
        {
            if (trial.Values is not [{ }, ..] || trial.State.IsFailure())
            {
                continue;
            }

            if (spec.Space.Find(Configuration.Parse(trial.Parameters), out var problem) is not { } configuration)
            {
                report($"warm_start: trial {trial.Number} of {start.Sweep} is left out: {problem}");
            }
            else if (!given.Contains(configuration) && !spec.Search.Enqueue.Contains(configuration))
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
        return read(text, spec.File) is { Spec: { } resolved }
            ? resolved
            : throw new InvalidOperationException($"the configurations of {start.Sweep} do not read back");
    }
}
