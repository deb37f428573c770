using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers;

/// <summary>What samplers that learn from results share: no point twice unless that is allowed, every trial remembered, a random point where the model has none.</summary>
public abstract class LearningSampler : ISampler
{
    /// <summary>A sampler without trials.</summary>
    /// <param name="goals">Of the objectives that it looks at.</param>
    private protected LearningSampler(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule)
    {
        Space = space;
        Seed = seed;
        Points = new FreshPoints(space, seed, rule);
        Observations = new Observations(space, goals);
        Free = [.. space.Axes.Where(axis => axis.Kind != AxisKind.Constant)];
    }

    private protected Space Space { get; }

    private protected long Seed { get; }

    private protected FreshPoints Points { get; }

    private protected Observations Observations { get; }

    /// <summary>The axes that have something to choose.</summary>
    private protected Axis[] Free { get; }

    /// <inheritdoc/>
    public Configuration? Suggest(int number)
    {
        if (((Points.IsExhausted ? null : Propose(number)) ?? Points.Random(number)) is not { } point)
        {
            return null;
        }

        var configuration = point.ToConfiguration();
        Observations.Add(number, configuration);
        return configuration;
    }

    /// <inheritdoc/>
    public virtual void Restore(int number, Configuration configuration)
    {
        Points.Take(configuration);
        Observations.Add(number, configuration);
    }

    /// <inheritdoc/>
    public virtual void Update(TrialResult result) => Observations.Update(result);

    /// <summary>A point, already taken from <see cref="Points"/>; null for a random one. There is one left.</summary>
    private protected abstract SpacePoint? Propose(int number);
}
