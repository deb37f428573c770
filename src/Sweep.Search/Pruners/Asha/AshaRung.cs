namespace Sweep.Search.Pruners.Asha;

/// <summary>One rung of asynchronous halving: who has arrived, or ended on the way to it.</summary>
internal sealed class AshaRung(int resource, int reductionFactor, bool atLeastOne)
{
    private readonly Dictionary<int, double> _losses = [];
    private readonly HashSet<int> _arrived = [];
    private readonly BestSet _ranked = new();

    internal int Resource { get; } = resource;

    /// <summary>n: arrivals, with or without a value.</summary>
    internal int Count => _arrived.Count;

    /// <summary>⌊n/η⌋, or at least 1 when that is asked for.</summary>
    internal int Promotable => _ranked.Size;

    internal bool HasArrived(int number) => _arrived.Contains(number);

    /// <summary>Notes an arrival.</summary>
    /// <param name="loss">Null for no value.</param>
    /// <param name="mayRise">Whether it may be promoted.</param>
    internal void Arrive(int number, double? loss, bool mayRise)
    {
        _arrived.Add(number);
        if (loss is { } value)
        {
            _losses[number] = value;
            _ranked.Add(value, number, mayRise);
        }

        _ranked.Resize(Math.Max(atLeastOne ? 1 : 0, _arrived.Count / reductionFactor));
    }

    internal bool IsAmongBest(int number) => _losses.TryGetValue(number, out var loss) && _ranked.IsAmongBest(loss, number);

    /// <summary>The best of the promotable that has not been promoted, which it now is.</summary>
    internal int? Take() => _ranked.Take();

    internal double LossOf(int number) => _losses[number];

    /// <summary>A trial was promoted already.</summary>
    internal void Hold(int number)
    {
        if (_losses.TryGetValue(number, out var loss))
        {
            _ranked.Hold(loss, number);
        }
    }

    /// <summary>A trial that had arrived has ended badly: it stays counted, without a value.</summary>
    internal void Drop(int number)
    {
        if (_losses.Remove(number, out var loss))
        {
            _ranked.Remove(loss, number);
        }
    }
}
