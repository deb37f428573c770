namespace Sweep.Search.Spec;

/// <summary>Reads the sampler and its settings from the search section.</summary>
internal static class SamplerReader
{
    /// <summary>The samplers, with their settings.</summary>
    internal static readonly Dictionary<string, string[]> Samplers = new(StringComparer.Ordinal)
    {
        ["grid"] = ["order"],
        ["random"] = [],
        ["sobol"] = ["scramble"],
        ["halton"] = ["scramble"],
        ["tpe"] = ["startup_trials", "candidates", "prior_weight", "magic_clip", "multivariate", "group", "bandwidth", "constant_liar"],
        ["cmaes"] = ["population", "sigma", "restarts"],
        ["gp"] = ["startup_trials", "candidates"],
        ["evolution"] = ["population", "sample_size", "mutation"],
        ["bohb"] = ["random_fraction", "top", "candidates", "bandwidth_factor", "min_bandwidth", "min_points"],
        ["nsga2"] = ["population", "crossover", "mutation", "crossover_eta", "mutation_eta"],
    };

    /// <summary>The sampler, or null with errors. Checks all keys of the section.</summary>
    /// <param name="common">The keys that do not belong to a sampler.</param>
    internal static SamplerSpec? Read(SpecMap section, string[] common, SpecLog log)
    {
        var word = Words.Read(section, "search", "sampler", [.. Samplers.Keys], null, log);
        log.Keys(section, "search", [.. common, .. Samplers.Values.SelectMany(keys => keys).Distinct(StringComparer.Ordinal)]);
        foreach (var entry in section.Entries)
        {
            var owners = Samplers.Where(sampler => sampler.Value.Contains(entry.Key)).Select(sampler => sampler.Key).ToList();
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
        var spec = word is null ? null : Read(word, new SectionReader(section, "search", log), log);
        return log.ErrorCount > errorsBefore ? null : spec;
    }

    private static SamplerSpec Read(string word, SectionReader read, SpecLog log)
    {
        switch (word)
        {
            case "grid":
                return new GridSpec(Words.Read(read.Map, "search", "order", ["lexicographic", "shuffled"], "lexicographic", log) == "shuffled");
            case "random":
                return new RandomSpec();
            case "sobol":
                return new SobolSpec(read.Flag("scramble", true));
            case "halton":
                return new HaltonSpec(read.Flag("scramble", true));
            case "tpe":
                var tpe = new TpeSpec();
                tpe = tpe with
                {
                    StartupTrials = read.Whole("startup_trials", 1, int.MaxValue, tpe.StartupTrials),
                    Candidates = read.Whole("candidates", 1, int.MaxValue, tpe.Candidates),
                    PriorWeight = read.Number("prior_weight", 0, double.PositiveInfinity, tpe.PriorWeight, isOpen: true),
                    MagicClip = read.Flag("magic_clip", tpe.MagicClip),
                    Multivariate = read.Flag("multivariate", tpe.Multivariate),
                    Group = read.Flag("group", tpe.Group && read.Flag("multivariate", tpe.Multivariate)),
                    Bandwidth = Words.Read(read.Map, "search", "bandwidth", ["neighbours", "scott"], "neighbours", log) == "scott" ? TpeBandwidth.Scott : TpeBandwidth.Neighbours,
                    ConstantLiar = read.Flag("constant_liar", tpe.ConstantLiar),
                };
                if (tpe is { Group: true, Multivariate: false })
                {
                    log.Error(read.LineOf("group"), "search.group", "needs multivariate: true");
                }

                return tpe;
            case "cmaes":
                var cmaes = new CmaesSpec();
                return cmaes with
                {
                    Population = read.Whole("population", 3, int.MaxValue),
                    Sigma = read.Number("sigma", 0, 1, cmaes.Sigma, isOpen: true),
                    Restarts = read.Flag("restarts", cmaes.Restarts),
                };
            case "gp":
                var gp = new GpSpec();
                return gp with
                {
                    StartupTrials = read.Whole("startup_trials", 2, int.MaxValue, gp.StartupTrials),
                    Candidates = read.Whole("candidates", 1, int.MaxValue, gp.Candidates),
                };
            case "evolution":
                var evolution = new EvolutionSpec();
                var population = read.Whole("population", 2, int.MaxValue, evolution.Population);
                return evolution with
                {
                    Population = population,
                    SampleSize = read.Whole("sample_size", 1, population, Math.Min(population, evolution.SampleSize)),
                    Mutation = read.Number("mutation", 0, 1, evolution.Mutation, isOpen: true),
                };
            case "bohb":
                var bohb = new BohbSpec();
                return bohb with
                {
                    RandomFraction = read.Number("random_fraction", 0, 1, bohb.RandomFraction),
                    Top = read.Number("top", 0, 0.99, bohb.Top, isOpen: true),
                    Candidates = read.Whole("candidates", 1, int.MaxValue, bohb.Candidates),
                    BandwidthFactor = read.Number("bandwidth_factor", 0, double.PositiveInfinity, bohb.BandwidthFactor, isOpen: true),
                    MinBandwidth = read.Number("min_bandwidth", 0, double.PositiveInfinity, bohb.MinBandwidth, isOpen: true),
                    MinPoints = read.Whole("min_points", 2, int.MaxValue),
                };
            default:
                var nsga2 = new Nsga2Spec();
                return nsga2 with
                {
                    Population = read.Whole("population", 2, int.MaxValue, nsga2.Population),
                    Crossover = read.Number("crossover", 0, 1, nsga2.Crossover),
                    Mutation = read.Number("mutation", 0, 1),
                    CrossoverEta = read.Number("crossover_eta", 0, double.PositiveInfinity, nsga2.CrossoverEta),
                    MutationEta = read.Number("mutation_eta", 0, double.PositiveInfinity, nsga2.MutationEta),
                };
        }
    }
}
