using System.Numerics;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Training.Schedules;

namespace Sweep.Silo.Execution;

/// <summary>Finds, before any training, settings of a schedule that do not go together in some configuration of a sweep.</summary>
/// <remarks>
/// Every configuration of the settings that matter is tried where they can be listed, up to 2,000 of them evenly over a larger space; of a
/// continuous range some values stand for it. How many steps an epoch has is not known yet: what is wrong must be so whatever their number.
/// </remarks>
internal static class ScheduleChecks
{
    private const int MostPoints = 2000;

    private static readonly long[] StepsPerEpoch = [1, 100, 100_000];
    private static readonly double[] Quantiles = [0.001, 0.5, 0.999];
    private static readonly string[] Momenta = ["optimizer.momentum", "optimizer.beta1"];

    public static IEnumerable<(string Path, string Message)> Mistakes(SweepSpec spec)
    {
        var space = Relevant(spec.Space);
        var size = space.Size!.Value;
        var count = (int)BigInteger.Min(size, MostPoints);
        var found = new List<string>();
        for (var i = 0; i < count; i++)
        {
            if (FindError(spec, space.At(size * i / count)) is { } error && !found.Contains(error))
            {
                found.Add(error);
            }
        }

        return found.Take(1).Select(error => ("schedule", error + (found.Count > 1 ? $" (and {found.Count - 1} more such combinations)" : "")));
    }

    private static string? FindError(SweepSpec spec, Configuration configuration)
    {
        var settings = new TrialSettings(spec, configuration);
        var definition = ScheduleRegistry.Find(settings.Text("schedule", TaskSettings.DefaultSchedule));
        var values = settings.Under("schedule.", definition.Settings);
        var errors = StepsPerEpoch
            .Select(steps => ScheduleRegistry.FindError(definition.Name, values, new ScheduleContext { LearningRate = 1, Epochs = spec.EpochsOf(configuration), StepsPerEpoch = steps }))
            .ToList();
        return errors.All(e => e is not null) ? errors[1]
            : definition.Settings.Any(s => s.Name == "cycle_momentum") && values.Boolean("cycle_momentum")
                && configuration.Entries.FirstOrDefault(e => Momenta.Contains(e.Key) && Varies(spec, e.Key)).Key is { } varied
                ? $"schedule {definition.Name} moves {varied}, which the sweep varies: schedule.cycle_momentum: false leaves it alone"
            : null;
    }

    private static bool Varies(SweepSpec spec, string name) =>
        spec.Space.Parameters.First(p => p.Name == name).Alternatives is var alternatives && (alternatives.Count > 1 || alternatives[0].Distribution.Count != 1);

    /// <summary>The parameters that a schedule is made of, and those that these hang on; all with values that can be listed.</summary>
    private static Space Relevant(Space space)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = space.Parameters.Count - 1; i >= 0; i--)
        {
            var (name, alternatives) = space.Parameters[i];
            if (name is "schedule" or TaskSpec.EpochsParameter || name.StartsWith("schedule.", StringComparison.Ordinal) || Momenta.Contains(name) || names.Contains(name))
            {
                names.Add(name);
                names.UnionWith(alternatives.SelectMany(a => a.Conditions).Select(c => c.Parameter));
            }
        }

        return new Space(
            [.. space.Parameters.Where(p => names.Contains(p.Name)).Select(Listed)],
            [.. space.Forbidden.Where(f => f.All(c => names.Contains(c.Parameter)))]);
    }

    private static Parameter Listed(Parameter parameter) =>
        parameter with { Alternatives = [.. parameter.Alternatives.Select(a => a.Distribution.Count is null ? a with { Distribution = Some(a.Distribution) } : a)] };

    private static ValuesDistribution Some(Distribution range) => new([.. Quantiles.Select(range.Quantile).Distinct()]);
}
