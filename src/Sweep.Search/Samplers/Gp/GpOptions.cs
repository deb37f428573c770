using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Gp;

/// <summary><c>sampler: gp</c>: Bayesian optimization with a Gaussian process, for one objective.</summary>
public sealed record GpOptions : SamplerOptions
{
    private static readonly GpOptions Default = new();

    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "gp",
        "Bayesian optimization with a Gaussian process",
        [
            Setting.Whole("startup_trials", Default.StartupTrials, 2, "points of a Sobol sequence before the model is used"),
            Setting.Whole("candidates", Default.Candidates, 1, "start points of the search for the largest expected improvement"),
        ],
        values => new GpOptions
        {
            StartupTrials = (int)values.Integer("startup_trials"),
            Candidates = (int)values.Integer("candidates"),
        });

    /// <summary><c>startup_trials</c>: so many trials with a result before the model is used; until then points are those of a Sobol sequence. At least 2, default 10.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary><c>candidates</c>: quasi-random points at which the search for the largest expected improvement begins. At least 1, default 256.</summary>
    public int Candidates { get; init; } = 256;

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool TakesSeveralObjectives => false;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new GpSampler(this, space, goals[0], seed, rule);
}
