using Sweep.Search.Randomness;
using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Spaces;

/// <summary>Spaces for property tests: conditions, alternatives, nesting, forbidden combinations.</summary>
internal static class RandomSpaces
{
    internal static Space Make(int seed, bool finite)
    {
        var draws = 0;
        int Below(int n) => (int)(Philox.Bits(seed, draws++, 0, 0) % (ulong)n);

        var parameters = new List<Parameter>();
        var count = 1 + Below(5);
        for (var i = 0; i < count; i++)
        {
            var alternatives = new List<Alternative>();
            var parent = parameters.Count > 0 && Below(2) == 0 ? parameters[Below(parameters.Count)] : null;
            var values = parent?.Alternatives.Where(a => a.Distribution.Count is not null)
                .SelectMany(a => Enumerable.Range(0, (int)a.Distribution.Count!).Select(v => a.Distribution.At(v))).Distinct().ToArray() ?? [];
            if (values.Length == 0)
            {
                alternatives.Add(new Alternative(Any(Below, finite), []));
            }
            else
            {
                var split = 1 + Below(values.Length);
                alternatives.Add(new Alternative(Any(Below, finite), [new Condition(parent!.Name, values[..split])]));
                if (split < values.Length && Below(2) == 0)
                {
                    alternatives.Add(new Alternative(Any(Below, finite), [new Condition(parent.Name, values[split..])]));
                }
            }

            parameters.Add(new Parameter($"p{i}", alternatives));
        }

        var forbidden = new List<IReadOnlyList<Condition>>();
        if (count > 1 && Below(3) == 0 && parameters.All(p => p.Alternatives.All(a => a.Distribution.Count is not null)))
        {
            forbidden.Add([.. new[] { parameters[0], parameters[^1] }.Select(p => new Condition(p.Name, [p.Alternatives[0].Distribution.At(0)]))]);
        }

        var space = new Space(parameters, forbidden);
        return space.IsEmpty ? new Space(parameters, []) : space;
    }

    /// <summary>The points found the slow way: every combination of every alternative's values, conditions applied.</summary>
    internal static IEnumerable<Configuration> Enumerate(Space space)
    {
        IEnumerable<List<KeyValuePair<string, ParameterValue>>> partial = [[]];
        foreach (var parameter in space.Parameters)
        {
            partial = partial.SelectMany(point =>
            {
                var active = parameter.Alternatives.FirstOrDefault(a => Holds(a.Conditions, point));
                return active is null
                    ? [point]
                    : Enumerable.Range(0, (int)active.Distribution.Count!)
                        .Select(i => point.Append(new(parameter.Name, active.Distribution.At(i))).ToList());
            });
        }

        return partial.Where(point => !space.Forbidden.Any(f => Holds(f, point))).Select(point => new Configuration(point));
    }

    private static bool Holds(IReadOnlyList<Condition> conditions, List<KeyValuePair<string, ParameterValue>> point) =>
        conditions.All(c => point.Any(e => e.Key == c.Parameter && c.Values.Contains(e.Value)));

    private static Distribution Any(Func<int, int> below, bool finite) => below(finite ? 3 : 4) switch
    {
        0 => new ValuesDistribution([.. Enumerable.Range(0, 1 + below(4)).Select(v => ParameterValue.Of($"v{v}"))]),
        1 => new LatticeDistribution(new LogUniformScale(), 1 + below(3), 1, 1 + below(4), whole: true),
        2 => new ValuesDistribution([ParameterValue.Of(true), ParameterValue.Of(false)], [0.9, 0.1]),
        _ => new ContinuousDistribution(new UniformScale(), 0, 1),
    };
}
