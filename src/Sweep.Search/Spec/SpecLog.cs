namespace Sweep.Search.Spec;

/// <summary>Collects the mistakes of one file.</summary>
internal sealed class SpecLog(string file)
{
    /// <summary>More than anyone reads: keeps a garbage file cheap.</summary>
    private const int Limit = 500;

    private readonly List<SpecError> _errors = [];
    private readonly List<SpecError> _warnings = [];
    private readonly HashSet<(SpecMap Map, string Key)> _misspelt = [];

    internal int ErrorCount => _errors.Count;

    internal IReadOnlyList<SpecError> Errors => Sorted(_errors);

    internal IReadOnlyList<SpecError> Warnings => Sorted(_warnings);

    internal void Error(int line, string path, string message) => Add(_errors, new SpecError(file, line, path, message));

    internal void Warn(int line, string path, string message) => Add(_warnings, new SpecError(file, line, path, message));

    /// <summary>The node as a map; an error and null when it is something else.</summary>
    internal SpecMap? Map(SpecNode node, string path)
    {
        if (node is not SpecMap map)
        {
            Error(node.Line, path, $"expected a map, found {node.Describe()}");
            return null;
        }

        return map;
    }

    /// <summary>Reports every key that is not among those allowed.</summary>
    internal void Keys(SpecMap map, string path, params ReadOnlySpan<string> allowed)
    {
        foreach (var entry in map.Entries)
        {
            if (_errors.Count == Limit)
            {
                return;
            }

            if (!allowed.Contains(entry.Key))
            {
                var words = allowed.ToArray();
                Error(entry.Line, Join(path, entry.Key), $"unknown key; {Spelling.Hint(entry.Key, words)}");
                if (Spelling.Nearest(entry.Key, words) is { } meant)
                {
                    _misspelt.Add((map, meant));
                }
            }
        }
    }

    /// <summary>Reports a key that is missing, unless it is there misspelt: that is one mistake, not two.</summary>
    internal void Missing(SpecMap map, string key, string path, string message)
    {
        if (!_misspelt.Contains((map, key)))
        {
            Error(map.Line, path, message);
        }
    }

    internal static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static void Add(List<SpecError> list, SpecError error)
    {
        if (list.Count < Limit && !list.Contains(error))
        {
            list.Add(error);
        }
    }

    private static List<SpecError> Sorted(List<SpecError> list)
    {
        var sorted = new List<SpecError>(list);

        // By line; those of one line in the order in which they were found.
        sorted.Sort((x, y) => x.Line != y.Line ? x.Line.CompareTo(y.Line) : list.IndexOf(x).CompareTo(list.IndexOf(y)));
        return sorted;
    }
}
