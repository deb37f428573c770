using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners.Pbt;

/// <summary><c>type: pbt</c>: population based training; the population is the sweep's trials.</summary>
/// <param name="Interval">Epochs of a generation.</param>
/// <param name="Quantile">The share of the worst that start over from one of as many best. Above 0, at most 0.5; default 0.25.</param>
/// <param name="ResampleProbability">How likely a setting is drawn anew, where otherwise it is multiplied by 1.2 or 0.8; default 0.25.</param>
public sealed record PbtOptions(int MaxResource, int Interval, double Quantile, double ResampleProbability) : PrunerOptions(MaxResource)
{
    /// <summary>The default of <see cref="Quantile"/>.</summary>
    public const double DefaultQuantile = 0.25;

    /// <summary>The default of <see cref="ResampleProbability"/>.</summary>
    public const double DefaultResampleProbability = 0.25;

    /// <summary>What a sweep file can name.</summary>
    public static Component<PrunerOptions> Component { get; } = new(
        "pbt",
        "population based training",
        [
            MaxResourceSetting,
            Setting.Whole("interval", 1, 1, "epochs per generation"),
            Setting.Gamma("quantile", DefaultQuantile, "the fraction of worst trials, which continue from one of the same fraction of best trials") with { Maximum = 0.5 },
            Setting.Factor("resample_probability", DefaultResampleProbability, "probability that a setting is drawn again; else it is multiplied by 1.2 or 0.8"),
        ],
        values => new PbtOptions(
            (int)values.Integer("max_resource"), (int)values.Integer("interval"), values.Number("quantile"), values.Number("resample_probability")));

    /// <inheritdoc/>
    public override string? WhyNotExtended => "population based training makes its population at once";

    /// <inheritdoc/>
    public override string Summary => Text($"population based training, every {Interval} epochs");

    /// <inheritdoc/>
    public override IPruner Create(SearchSpec search, Space space, ObjectiveGoal goal) => new PbtPruner(this, space, search.Trials, goal, search.Seed);

    /// <inheritdoc/>
    internal override PrunerProblem? FindProblem(SearchSpec search) =>
        search.SamplerLearns
            ? new PrunerProblem("sampler", $"pbt needs a first population that does not depend on results: {SamplerRegistry.Names(SamplerRegistry.All, sampler => !sampler.Learns)}, not {search.Sampler.Name}")
            : search.Order == SearchOrder.AsFinished ? new PrunerProblem("pruner", "pbt goes by generations: it needs order: deterministic") : null;
}
