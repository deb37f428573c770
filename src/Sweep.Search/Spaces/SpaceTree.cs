using System.Numerics;

namespace Sweep.Search.Spaces;

/// <summary>
/// The decision tree of a space, one level for each parameter, folded: subtrees that hang on the same classes of the parameters
/// still asked for are one. It counts, numbers and finds configurations without ever listing them.
/// </summary>
internal sealed class SpaceTree
{
    private readonly SpaceLevel[] _levels;
    private readonly Dictionary<ulong, BigInteger>[] _counts;

    internal SpaceTree(
        IReadOnlyList<Parameter> parameters, IReadOnlyList<IReadOnlyList<Condition>> forbidden, IReadOnlyList<(int Level, Condition Condition)> probes)
    {
        _levels = SpaceCompiler.Compile(parameters, forbidden, probes);
        _counts = new Dictionary<ulong, BigInteger>[_levels.Length];
        for (var i = 0; i < _levels.Length; i++)
        {
            _counts[i] = [];
            foreach (var choice in _levels[i].Choices)
            {
                IsFinite &= choice.Distribution.Count is not null;
                Dimensions++;
            }
        }
    }

    internal bool IsFinite { get; } = true;

    /// <summary>How many alternatives there are in all.</summary>
    internal int Dimensions { get; }

    internal ReadOnlySpan<SpaceLevel> Levels => _levels;

    /// <summary>The most states that a level may have to tell apart: the cost of counting.</summary>
    internal double Width
    {
        get
        {
            var width = 1.0;
            foreach (var level in _levels)
            {
                var states = 1.0;
                foreach (var parent in level.LiveParents)
                {
                    states *= _levels[parent].Classes;
                }

                width = Math.Max(width, states);
            }

            return width;
        }
    }

    internal int[] NewState() => new int[_levels.Length];

    /// <summary>Configurations below a level, given the classes of the levels before it; a continuous distribution counts as one value.</summary>
    internal BigInteger Count(int level, int[] state)
    {
        if (level == _levels.Length)
        {
            return BigInteger.One;
        }

        var key = Key(level, state);
        if (_counts[level].TryGetValue(key, out var known))
        {
            return known;
        }

        var total = BigInteger.Zero;
        if (Active(level, state) is not { } choice)
        {
            state[level] = 0;
            total = Count(level + 1, state);
        }
        else
        {
            foreach (var run in choice.Runs)
            {
                total += run.Length * CountAfter(level, run.Class, state);
            }
        }

        _counts[level].Add(key, total);
        return total;
    }

    /// <summary>Configurations below a level once it has a class; none when that is forbidden.</summary>
    internal BigInteger CountAfter(int level, int valueClass, int[] state)
    {
        state[level] = valueClass;
        return IsForbidden(level, state) ? BigInteger.Zero : Count(level + 1, state);
    }

    /// <summary>The alternative in force, or null when the parameter is inactive.</summary>
    internal SpaceChoice? Active(int level, int[] state)
    {
        foreach (var choice in _levels[level].Choices)
        {
            if (Holds(choice.Tests, state))
            {
                return choice;
            }
        }

        return null;
    }

    internal static bool Holds(SpaceTest[] tests, int[] state)
    {
        foreach (var (level, mask) in tests)
        {
            if (!mask[state[level]])
            {
                return false;
            }
        }

        return true;
    }

    internal bool IsForbidden(int level, int[] state)
    {
        foreach (var tests in _levels[level].Forbidden)
        {
            if (Holds(tests, state))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What tells states of a level apart.</summary>
    internal ulong Key(int level, int[] state)
    {
        var key = 0UL;
        foreach (var parent in _levels[level].LiveParents)
        {
            key = (key * (ulong)_levels[parent].Classes) + (ulong)state[parent];
        }

        return key;
    }
}
