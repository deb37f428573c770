using Sweep.Search.Samplers.Bohb;
using Sweep.Search.Samplers.Cma;
using Sweep.Search.Samplers.Evolution;
using Sweep.Search.Samplers.Gp;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers;

/// <summary>Makes the sampler that a spec asks for.</summary>
public static class SamplerFactory
{
    /// <summary>A sampler without trials.</summary>
    /// <param name="goals">Of the objectives, in the spec's order.</param>
    /// <param name="rule">Null: <see cref="DuplicateRule.Skip"/>. A grid has every point once whatever the rule.</param>
    public static ISampler Create(SamplerSpec spec, Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => spec switch
    {
        GridSpec grid => new GridSampler(space, grid.Shuffled, seed),
        RandomSpec => new RandomSampler(space, seed, rule),
        SobolSpec sobol => new QuasiRandomSampler(sobol, space, seed, rule),
        HaltonSpec halton => new QuasiRandomSampler(halton, space, seed, rule),
        TpeSpec tpe => new TpeSampler(tpe, space, goals, seed, rule),
        CmaesSpec cmaes => new CmaesSampler(cmaes, space, goals[0], seed, rule),
        GpSpec gp => new GpSampler(gp, space, goals[0], seed, rule),
        EvolutionSpec evolution => new EvolutionSampler(evolution, space, goals[0], seed, rule),
        BohbSpec bohb => new BohbSampler(bohb, space, goals[0], seed, rule),
        Nsga2Spec nsga2 => new Nsga2Sampler(nsga2, space, goals, seed, rule),
        _ => throw new ArgumentException($"no sampler for {spec}", nameof(spec)),
    };
}
