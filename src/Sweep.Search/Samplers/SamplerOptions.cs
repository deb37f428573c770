using Sweep.Search.Samplers.Bohb;
using Sweep.Search.Samplers.Cmaes;
using Sweep.Search.Samplers.Evolution;
using Sweep.Search.Samplers.Gp;
using Sweep.Search.Samplers.Grid;
using Sweep.Search.Samplers.Halton;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Sobol;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Samplers.Nsga2;

namespace Sweep.Search.Samplers;

/// <summary>Which sampler, with its settings.</summary>
public abstract record SamplerOptions
{
    /// <summary>The name in a sweep file.</summary>
    public abstract string Name { get; }

    /// <summary>Whether suggestions depend on results.</summary>
    public virtual bool Learns => true;

    /// <summary>Whether it takes every point of a finite space once: the space must be finite, and the number of trials need not be given.</summary>
    public virtual bool IsExhaustive => false;

    /// <summary>Whether it looks at every objective, or at none; otherwise at the first alone.</summary>
    public virtual bool TakesSeveralObjectives => true;

    /// <summary>A sampler without trials.</summary>
    /// <param name="goals">Of the objectives, in the spec's order.</param>
    /// <param name="rule">Null: <see cref="DuplicateRule.Skip"/>. A grid has every point once whatever the rule.</param>
    public abstract ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null);
}

/// <summary>All samplers, in the order of the documentation.</summary>
public static class SamplerRegistry
{
    /// <summary>What <c>search.sampler</c> may be, unless a catalogue says otherwise.</summary>
    public static IReadOnlyList<Component<SamplerOptions>> All { get; } =
    [
        Grid.GridOptions.Component,
        Random.RandomOptions.Component,
        Sobol.SobolOptions.Component,
        Halton.HaltonOptions.Component,
        Tpe.TpeOptions.Component,
        Cmaes.CmaesOptions.Component,
        Gp.GpOptions.Component,
        Evolution.EvolutionOptions.Component,
        Bohb.BohbOptions.Component,
        Nsga2.Nsga2Options.Component,
    ];

    /// <summary>The names of those that meet a condition with every setting left out: <c>grid, random or sobol</c>.</summary>
    internal static string Names(IReadOnlyList<Component<SamplerOptions>> samplers, Func<SamplerOptions, bool> condition)
    {
        string[] names = [.. samplers.Where(sampler => condition(sampler.Create(new SettingValues(new Dictionary<string, object?>(), sampler.Settings)))).Select(sampler => sampler.Name)];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }
}
