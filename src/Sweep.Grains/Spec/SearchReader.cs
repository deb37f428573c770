using System.Numerics;
using Sweep.Grains.Search.Spaces;

namespace Sweep.Grains.Spec;

/// <summary>Reads the search section.</summary>
internal static class SearchReader
{
    /// <summary>The section, or null with errors.</summary>
    /// <param name="space">Null when the parameters are wrong: what depends on them is left unchecked.</param>
    internal static SearchSpec? Read(SpecMap root, TaskSection task, SpaceSection? space, SpecLog log)
    {
        if (root.Find("search") is not { } entry)
        {
            log.Missing(root, "search", "search", "is required: {sampler, trials …}");
            return null;
        }

        if (log.Map(entry.Value, "search") is not { } section)
        {
            return null;
        }

        var errorsBefore = log.ErrorCount;
        log.Keys(section, "search", "sampler", "trials", "seed", "order", "pruner");
        var sampler = Words.Read(section, "search", "sampler", ["grid", "random"], null, log);
        var order = Words.Read(section, "search", "order", ["lexicographic", "shuffled"], "lexicographic", log);
        if (sampler == "random" && section.Find("order") is { } misplaced)
        {
            log.Error(misplaced.Line, "search.order", "is a setting of the sampler grid; here it is random");
        }

        var trials = Trials(section, sampler, space, log);
        var seed = Seed(section, log);
        var pruner = section.Find("pruner") is { } found ? HalvingReader.Read(found, root, task, space, log) : null;
        if (sampler == "grid" && space is not null)
        {
            CheckGrid(space, log);
        }

        return log.ErrorCount > errorsBefore || sampler is null || trials is null
            ? null
            : new SearchSpec(sampler == "grid" ? new GridSpec(order == "shuffled") : new RandomSpec(), trials.Value, seed, pruner);
    }

    private static int? Trials(SpecMap section, string? sampler, SpaceSection? space, SpecLog log)
    {
        var size = space?.Space.Size;
        if (section.Find("trials") is { } entry)
        {
            var trials = SpecReader.WholeNumber(entry, "search.trials", 1, int.MaxValue, log);
            if (trials is not null && size < trials)
            {
                log.Warn(entry.Line, "search.trials", $"the space has {size} configurations: the sweep ends after {size} trials, not {trials}");
                return (int)size;
            }

            return trials;
        }

        if (sampler == "random")
        {
            log.Missing(section, "trials", "search.trials", "is required by the sampler random: how many trials there are in all");
            return null;
        }

        if (size > int.MaxValue)
        {
            log.Error(section.Line, "search.trials", $"the grid has {size} points: say how many trials to make");
            return null;
        }

        return (int?)size;
    }

    private static long Seed(SpecMap section, SpecLog log)
    {
        if (section.Find("seed") is not { } entry)
        {
            return 0;
        }

        if (SettingReader.Whole(entry.Value) is >= 0 and { } seed)
        {
            return seed;
        }

        log.Error(entry.Line, "search.seed", $"expected a whole number from 0 to {long.MaxValue}, found {entry.Value.Describe()}");
        return 0;
    }

    private static void CheckGrid(SpaceSection space, SpecLog log)
    {
        foreach (var entry in space.Entries)
        {
            for (var i = 0; i < entry.Lines.Count; i++)
            {
                switch (entry.Parameter.Alternatives[i].Distribution)
                {
                    case { Count: null }:
                        log.Error(entry.Lines[i], entry.Parameter.Name, "a grid needs a finite number of values: write values: [...], or give the range a step or points: N");
                        break;
                    case ValuesDistribution { HasProbabilities: true }:
                        log.Error(entry.Lines[i], entry.Parameter.Name, "probabilities have no effect on a grid: it takes every value once");
                        break;
                }
            }
        }

        if (space.Space.Size > BigInteger.One << 62)
        {
            log.Error(space.Line, "parameters", $"the grid has {space.Space.Size} points; at most 2^62 can be numbered");
        }
    }
}
