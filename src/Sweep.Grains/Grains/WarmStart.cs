using Sweep.Grains.Search.Spaces;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Grains.Grains;

/// <summary>Looks up the configurations that a sweep takes from an earlier one.</summary>
public static class WarmStart
{
    /// <summary>The spec with the earlier sweep's best behind its own first trials; those outside of its space are passed over.</summary>
    /// <exception cref="SweepException">There is no such sweep, or it is not over: its ranking would still change.</exception>
    public static async Task<SweepSpec> ResolveAsync(SweepSpec spec, ISweepStore store, CancellationToken cancellationToken)
    {
        if (spec.Search.WarmStart is not { } start)
        {
            return spec;
        }

        var earlier = await store.FindSweepAsync(start.Sweep, cancellationToken)
            ?? throw new NotFoundException($"warm_start: there is no sweep {start.Sweep}");
        if (!earlier.State.IsOver())
        {
            throw new SweepException($"warm_start: sweep {start.Sweep} is {earlier.State}: only one that is over can be started from");
        }

        var given = new List<Configuration>(spec.Search.Enqueue);
        foreach (var trial in await store.RankTrialsAsync(earlier.Id, start.Top, cancellationToken))
        {
            var configuration = Configuration.Parse(trial.Parameters);
            if (trial.Values is [{ }, ..] && !trial.State.IsFailure() && spec.Space.Contains(configuration) && !given.Contains(configuration))
            {
                given.Add(configuration);
            }
        }

        return spec with { Search = spec.Search with { Enqueue = given, WarmStart = null } };
    }
}
