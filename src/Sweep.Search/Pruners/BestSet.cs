namespace Sweep.Search.Pruners;

/// <summary>Trials by (loss, number), and which of them are the best k: adding one or raising k costs O(log n).</summary>
internal sealed class BestSet
{
    private readonly SortedSet<(double Loss, int Number)> _best = [];
    private readonly SortedSet<(double Loss, int Number)> _rest = [];
    private readonly SortedSet<(double Loss, int Number)> _takeable = [];
    private readonly SortedSet<(double Loss, int Number)> _held = [];

    /// <summary>How many there are.</summary>
    internal int Count => _best.Count + _rest.Count;

    /// <summary>k; the best are fewer while there are not so many.</summary>
    internal int Size { get; private set; }

    /// <summary>The worst of the best.</summary>
    internal double LastOfBest => _best.Max.Loss;

    /// <summary>The best of the others, or that of the best when there is none.</summary>
    internal double FirstOfRest => _rest.Count > 0 ? _rest.Min.Loss : LastOfBest;

    /// <summary>Adds a trial.</summary>
    /// <param name="mayBeTaken">Whether <see cref="Take"/> may give it.</param>
    internal void Add(double loss, int number, bool mayBeTaken)
    {
        var entry = (loss, number);
        if (mayBeTaken)
        {
            _held.Add(entry);
        }

        Raise(entry);
        Balance();
    }

    internal void Resize(int size)
    {
        Size = size;
        Balance();
    }

    internal bool IsAmongBest(double loss, int number) => _best.Contains((loss, number));

    /// <summary>Takes the best of the best k that was not taken before; it stays where it is and counts.</summary>
    internal int? Take()
    {
        if (_takeable.Count == 0)
        {
            return null;
        }

        var entry = _takeable.Min;
        Hold(entry.Loss, entry.Number);
        return entry.Number;
    }

    /// <summary>A trial is not to be taken any more.</summary>
    internal void Hold(double loss, int number)
    {
        _held.Remove((loss, number));
        _takeable.Remove((loss, number));
    }

    /// <summary>Takes a trial out.</summary>
    internal void Remove(double loss, int number)
    {
        Hold(loss, number);
        _best.Remove((loss, number));
        _rest.Remove((loss, number));
        Balance();
    }

    private void Raise((double Loss, int Number) entry)
    {
        _best.Add(entry);
        if (_held.Contains(entry))
        {
            _takeable.Add(entry);
        }
    }

    /// <summary>What was added lies among the best: if that is one too many, the worst of them leaves.</summary>
    private void Balance()
    {
        while (_best.Count > Size)
        {
            var entry = _best.Max;
            _best.Remove(entry);
            _takeable.Remove(entry);
            _rest.Add(entry);
        }

        while (_best.Count < Size && _rest.Count > 0)
        {
            var entry = _rest.Min;
            _rest.Remove(entry);
            Raise(entry);
        }
    }
}
