namespace Sweep.Search.Spaces;

/// <summary>What can happen in a space: found by walking its folded tree once.</summary>
internal sealed class SpaceAnalysis
{
    private readonly SpaceTree _tree;
    private readonly IReadOnlyList<(int Level, SpaceTest[] Tests)> _probes;
    private readonly HashSet<ulong>[] _seen;

    /// <summary>Walks the tree.</summary>
    /// <param name="probes">Conditions that must never hold where the parameter of that level is inactive.</param>
    internal SpaceAnalysis(SpaceTree tree, IReadOnlyList<(int Level, SpaceTest[] Tests)> probes)
    {
        _tree = tree;
        _probes = probes;
        Reached = new bool[tree.Dimensions];
        ProbeHits = new bool[probes.Count];
        _seen = new HashSet<ulong>[tree.Levels.Length];
        for (var i = 0; i < _seen.Length; i++)
        {
            _seen[i] = [];
        }

        Visit(0, tree.NewState());
    }

    /// <summary>By dimension: whether the alternative is active in some configuration.</summary>
    internal bool[] Reached { get; }

    /// <summary>By probe: whether it holds in some configuration.</summary>
    internal bool[] ProbeHits { get; }

    /// <summary>Alternatives of one parameter that are active at once somewhere, by place.</summary>
    internal HashSet<(int Level, int First, int Second)> Overlaps { get; } = [];

    private void Visit(int level, int[] state)
    {
        if (level == _tree.Levels.Length || !_seen[level].Add(_tree.Key(level, state)) || _tree.Count(level, state).IsZero)
        {
            return;
        }

        var first = -1;
        var choices = _tree.Levels[level].Choices;
        for (var i = 0; i < choices.Length; i++)
        {
            if (!SpaceTree.Holds(choices[i].Tests, state))
            {
                continue;
            }

            if (first >= 0)
            {
                Overlaps.Add((level, first, i));
                continue;
            }

            first = i;
        }

        if (first < 0)
        {
            Inactive(level, state);
            return;
        }

        Reached[choices[first].Dimension] = true;
        foreach (var run in choices[first].Runs)
        {
            state[level] = run.Class;
            if (!_tree.IsForbidden(level, state))
            {
                Visit(level + 1, state);
            }
        }
    }

    private void Inactive(int level, int[] state)
    {
        for (var i = 0; i < _probes.Count; i++)
        {
            ProbeHits[i] |= _probes[i].Level == level && SpaceTree.Holds(_probes[i].Tests, state);
        }

        state[level] = 0;
        Visit(level + 1, state);
    }
}
