namespace Sweep.Search.Spaces;

/// <summary>
/// A parameter as <see cref="SpaceTree"/> sees it. Its values fall into classes: 0 is inactive, 1 to k are the values that conditions
/// name, k + 1 are all others. What follows depends on the class alone.
/// </summary>
internal sealed class SpaceLevel
{
    private readonly Dictionary<ParameterValue, int> _literals = [];

    internal required Parameter Parameter { get; init; }

    /// <summary>The last level whose conditions ask for this one; −1 for none.</summary>
    internal int LastUse { get; set; } = -1;

    internal SpaceChoice[] Choices { get; set; } = [];

    /// <summary>Forbidden combinations whose last parameter this is.</summary>
    internal List<SpaceTest[]> Forbidden { get; } = [];

    /// <summary>Earlier levels on which this and later ones depend.</summary>
    internal int[] LiveParents { get; set; } = [];

    internal int OtherClass => _literals.Count + 1;

    internal int Classes => _literals.Count + 2;

    internal void AddLiteral(ParameterValue value)
    {
        if (!_literals.ContainsKey(value))
        {
            _literals.Add(value, _literals.Count + 1);
        }
    }

    internal int ClassOf(ParameterValue value) => _literals.GetValueOrDefault(value, OtherClass);

    internal bool[] Mask(IReadOnlyList<ParameterValue> values)
    {
        var mask = new bool[Classes];
        foreach (var value in values)
        {
            mask[ClassOf(value)] = true;
        }

        return mask;
    }

    /// <summary>Splits a distribution's values into runs of one class, in order.</summary>
    internal SpaceRun[] Runs(Distribution distribution)
    {
        if (distribution.Count is not { } count)
        {
            return [new SpaceRun(0, 1, OtherClass)];
        }

        var named = new List<(long Index, int Class)>();
        foreach (var (value, number) in _literals)
        {
            if (distribution.IndexOf(value) is >= 0 and var index)
            {
                named.Add((index, number));
            }
        }

        named.Sort();
        var runs = new List<SpaceRun>();
        var next = 0L;
        foreach (var (index, number) in named)
        {
            if (index > next)
            {
                runs.Add(new SpaceRun(next, index - next, OtherClass));
            }

            runs.Add(new SpaceRun(index, 1, number));
            next = index + 1;
        }

        if (next < count)
        {
            runs.Add(new SpaceRun(next, count - next, OtherClass));
        }

        return [.. runs];
    }
}

/// <summary>Whether an earlier level's class is among those that a condition names.</summary>
internal sealed record SpaceTest(int Level, bool[] Mask);

/// <summary>Values of a distribution that follow each other and are of one class.</summary>
internal sealed record SpaceRun(long First, long Length, int Class);

/// <summary>An alternative, compiled.</summary>
/// <param name="Dimension">Its place among all alternatives of the space.</param>
internal sealed record SpaceChoice(Distribution Distribution, SpaceTest[] Tests, SpaceRun[] Runs, int Dimension);
