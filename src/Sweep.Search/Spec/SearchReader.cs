using System.Globalization;
using System.Numerics;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Samplers;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads the search section, and the sections that belong to the search.</summary>
internal static class SearchReader
{
    private static readonly string[] CommonKeys = ["sampler", "trials", "seed", "parallel", "pruner", "duplicates"];

    /// <summary>The sections, or null with errors.</summary>
    /// <param name="space">Null when the parameters are wrong: what depends on them is left unchecked.</param>
    internal static SearchSpec? Read(SpecMap root, TaskSection task, SpaceSection? space, Catalogue catalogue, SpecLog log)
    {
        var order = Words.Read(root, "", "order", ["deterministic", "as_finished"], "deterministic", log) == "as_finished"
            ? SearchOrder.AsFinished
            : SearchOrder.Deterministic;
        var (budget, limit) = BudgetReader.Read(root, order, log);
        var enqueue = EnqueueReader.Read(root, "enqueue", space, log);
        var started = EnqueueReader.Read(root, WarmStartSpec.Resolved, space, log);
        var warm = ReadWarmStart(root, log);
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
        var sampler = ReadSampler(section, catalogue.Samplers, log);
        var (pruner, rules) = section.Find("pruner") is { } found ? new PrunerSection(root, task, space, catalogue.Pruners, log).Read(found) : (null, OwnRulesSpec.None);
        var duplicates = ReadDuplicates(root, section, space, log);
        var first = started.Count == 0 ? enqueue : [.. enqueue, .. started];
        var trials = ReadTrials(section, sampler, space is null ? null : duplicates.Configurations(space.Space, sampler, first.Count), pruner, log);
        trials = limit < trials ? limit : trials;
        var seed = ReadSeed(section, log);
        var parallel = section.Find("parallel") is { } given ? SpecReader.WholeNumber(given, "search.parallel", 1, 100_000, log) : null;
        if (sampler is { IsExhaustive: true } && space is not null)
        {
            CheckGrid(space, log);
        }

        if (log.ErrorCount > errorsBefore || sampler is null || trials is null)
        {
            return null;
        }

        var spec = new SearchSpec(sampler, trials.Value, seed, pruner)
        {
            Parallel = parallel ?? SearchSpec.DefaultParallel,
            Order = order,
            Rules = rules,
            Budget = budget,
            Enqueue = first,
            Duplicates = duplicates,
            WarmStart = started.Count > 0 ? null : warm,
        };
        CheckPruner(section, spec, log);
        return spec;
    }

    /// <summary>The sampler, or null with errors. Checks all keys of the section.</summary>
    private static SamplerOptions? ReadSampler(SpecMap section, IReadOnlyList<Component<SamplerOptions>> samplers, SpecLog log)
    {
        var word = Words.Read(section, "search", "sampler", [.. samplers.Select(sampler => sampler.Name)], null, log);
        log.Keys(section, "search", [.. CommonKeys, .. samplers.SelectMany(sampler => sampler.Settings).Select(setting => setting.Name).Distinct(StringComparer.Ordinal)]);
        foreach (var entry in section.Entries)
        {
            var owners = samplers.Where(sampler => sampler.Settings.Any(setting => setting.Name == entry.Key)).Select(sampler => sampler.Name).ToList();
            if (entry is { Key: "order", Value: SpecScalar { Text: "as_finished" or "deterministic" } value })
            {
                log.Error(entry.Line, "search.order", $"is the order of a grid; write order: {value.Text} at the top of the file, beside search");
            }
            else if (word is not null && owners.Count > 0 && !owners.Contains(word))
            {
                log.Error(entry.Line, $"search.{entry.Key}", $"is a setting of the sampler {string.Join(", ", owners)}; here it is {word}");
            }
        }

        var errorsBefore = log.ErrorCount;
        var options = samplers.FirstOrDefault(sampler => sampler.Name == word) is { } found ? new SectionReader(section, "search", log).Component(found) : null;
        return log.ErrorCount > errorsBefore ? null : options;
    }

    private static DuplicateRule ReadDuplicates(SpecMap root, SpecMap section, SpaceSection? space, SpecLog log)
    {
        var isAllowed = Words.Read(section, "search", "duplicates", ["skip", "allow"], "skip", log) == "allow";
        if (root.Find(DuplicateRule.TriedSection) is not { } entry)
        {
            return new DuplicateRule(isAllowed, []);
        }

        var tried = new HashSet<ulong>();
        foreach (var word in entry.Value is SpecScalar scalar ? scalar.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [""])
        {
            if (!ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var key) || key >= (space?.Space.NumberedSize ?? ulong.MaxValue))
            {
                log.Error(entry.Line, DuplicateRule.TriedSection, $"expected numbers of points of the space, separated by blanks, found {entry.Value.Describe()}");
                break;
            }

            tried.Add(key);
        }

        return new DuplicateRule(isAllowed, tried);
    }

    private static int? ReadTrials(SpecMap section, SamplerOptions? sampler, BigInteger? size, PrunerOptions? pruner, SpecLog log)
    {
        if (size is { Sign: <= 0 })
        {
            log.Error(section.Line, "search", "every configuration of the space was tried by the earlier sweep");
            return null;
        }

        if (section.Find("trials") is { } entry)
        {
            var trials = SpecReader.WholeNumber(entry, "search.trials", 1, int.MaxValue, log);
            if (trials is not null && size < trials)
            {
                log.Warn(entry.Line, "search.trials", $"there are {size} configurations to try: the sweep ends after {size} trials, not {trials}");
                return (int)size;
            }

            return trials;
        }

        if (pruner?.DefaultTrials is { } table && sampler is not null)
        {
            return (int)BigInteger.Min(Math.Min(table, int.MaxValue), size ?? int.MaxValue);
        }

        if (sampler is { IsExhaustive: false })
        {
            log.Missing(section, "trials", "search.trials", $"is required by the sampler {WordOf(section)}: how many trials there are in all");
            return null;
        }

        if (size > int.MaxValue)
        {
            log.Error(section.Line, "search.trials", $"the grid has {size} points: say how many trials to make");
            return null;
        }

        return (int?)size;
    }

    private static string WordOf(SpecMap section) => section.Find("sampler")?.Value is SpecScalar scalar ? scalar.Text : "";

    private static void CheckPruner(SpecMap section, SearchSpec spec, SpecLog log)
    {
        if (spec.Pruner?.FindProblem(spec) is not { } problem)
        {
            return;
        }

        var line = (section.Find(problem.At) ?? section.Find("pruner") ?? section.Find("trials"))?.Line ?? section.Line;
        Action<int, string, string> report = problem.IsWarning ? log.Warn : log.Error;
        report(line, $"search.{problem.Setting}", problem.Message);
    }

    private static long ReadSeed(SpecMap section, SpecLog log)
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

    private static WarmStartSpec? ReadWarmStart(SpecMap root, SpecLog log)
    {
        if (root.Find("warm_start") is not { } entry || log.Map(entry.Value, "warm_start") is not { } section)
        {
            return null;
        }

        log.Keys(section, "warm_start", "sweep", "top");
        if (section.Find("sweep") is not { } sweep)
        {
            log.Missing(section, "sweep", "warm_start.sweep", "is required: the name of an earlier sweep");
            return null;
        }

        if (sweep.Value is not SpecScalar { IsNull: false } scalar || !SpecReader.IsName(scalar.Text))
        {
            log.Error(sweep.Line, "warm_start.sweep", $"{sweep.Value.Describe()} is not a name: {SpecReader.NameRule}");
            return null;
        }

        return new WarmStartSpec(scalar.Text, new SectionReader(section, "warm_start", log).Whole("top", 1, int.MaxValue, WarmStartSpec.DefaultTop));
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
