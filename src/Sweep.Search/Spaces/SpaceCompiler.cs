namespace Sweep.Search.Spaces;

/// <summary>Turns parameters into the levels of a <see cref="SpaceTree"/>: names into places, values into classes.</summary>
internal static class SpaceCompiler
{
    /// <summary>Compiles a space.</summary>
    /// <param name="probes">Conditions that somebody will ask about at a level, whose values need classes of their own.</param>
    internal static SpaceLevel[] Compile(
        IReadOnlyList<Parameter> parameters, IReadOnlyList<IReadOnlyList<Condition>> forbidden, IReadOnlyList<(int Level, Condition Condition)> probes)
    {
        var levels = new SpaceLevel[parameters.Count];
        var places = new Dictionary<string, int>(levels.Length);
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = new SpaceLevel { Parameter = parameters[i] };
            places.Add(parameters[i].Name, i);
        }

        for (var i = 0; i < levels.Length; i++)
        {
            foreach (var alternative in parameters[i].Alternatives)
            {
                foreach (var condition in alternative.Conditions)
                {
                    Use(levels, places, condition, i);
                    if (places[condition.Parameter] >= i)
                    {
                        throw new ArgumentException($"{parameters[i].Name}: its condition is on {condition.Parameter}, which is not declared before it", nameof(parameters));
                    }
                }
            }
        }

        foreach (var (level, condition) in probes)
        {
            Use(levels, places, condition, level);
        }

        foreach (var combination in forbidden)
        {
            var last = 0;
            foreach (var condition in combination)
            {
                last = Math.Max(last, places[condition.Parameter]);
            }

            foreach (var condition in combination)
            {
                Use(levels, places, condition, last);
            }
        }

        Link(levels, places, forbidden);
        return levels;
    }

    internal static SpaceTest[] Tests(ReadOnlySpan<SpaceLevel> levels, Dictionary<string, int> places, IReadOnlyList<Condition> conditions)
    {
        var tests = new SpaceTest[conditions.Count];
        for (var i = 0; i < tests.Length; i++)
        {
            var place = places[conditions[i].Parameter];
            tests[i] = new SpaceTest(place, levels[place].Mask(conditions[i].Values));
        }

        return tests;
    }

    private static void Use(SpaceLevel[] levels, Dictionary<string, int> places, Condition condition, int user)
    {
        var level = levels[places[condition.Parameter]];
        level.LastUse = Math.Max(level.LastUse, user);
        foreach (var value in condition.Values)
        {
            level.AddLiteral(value);
        }
    }

    private static void Link(SpaceLevel[] levels, Dictionary<string, int> places, IReadOnlyList<IReadOnlyList<Condition>> forbidden)
    {
        var dimension = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            var live = new List<int>();
            for (var j = 0; j < i; j++)
            {
                if (levels[j].LastUse >= i)
                {
                    live.Add(j);
                }
            }

            levels[i].LiveParents = [.. live];
            var alternatives = levels[i].Parameter.Alternatives;
            levels[i].Choices = new SpaceChoice[alternatives.Count];
            for (var a = 0; a < alternatives.Count; a++)
            {
                levels[i].Choices[a] = new SpaceChoice(
                    alternatives[a].Distribution, Tests(levels, places, alternatives[a].Conditions), levels[i].Runs(alternatives[a].Distribution), dimension++);
            }
        }

        foreach (var combination in forbidden)
        {
            var tests = Tests(levels, places, combination);
            var last = 0;
            foreach (var test in tests)
            {
                last = Math.Max(last, test.Level);
            }

            levels[last].Forbidden.Add(tests);
        }
    }
}
