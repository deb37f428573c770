namespace Sweep.Search.Runs;

/// <summary>The ends of running trials in virtual time: those that are known, and for the others the earliest they can be.</summary>
internal sealed class VirtualEvents
{
    private readonly SortedSet<(long Time, int Number)> _known = [];
    private readonly SortedSet<(long Time, int Number)> _unknown = [];

    /// <summary>A trial has started, and cannot end before that.</summary>
    internal void Await(int number, long earliest) => _unknown.Add((earliest, number));

    /// <summary>A trial that was awaited goes on, and cannot end before that.</summary>
    internal void Await(int number, long before, long earliest)
    {
        _unknown.Remove((before, number));
        _unknown.Add((earliest, number));
    }

    /// <summary>The end of a trial that was awaited.</summary>
    internal void Know(int number, long earliest, long end)
    {
        _unknown.Remove((earliest, number));
        _known.Add((Math.Max(earliest, end), number));
    }

    /// <summary>Takes the next end, if no trial that is still awaited can come before it.</summary>
    internal bool TryTake(out long time, out int number)
    {
        (time, number) = _known.Min;
        if (_known.Count == 0 || (_unknown.Count > 0 && _known.Min.CompareTo(_unknown.Min) > 0))
        {
            return false;
        }

        _known.Remove((time, number));
        return true;
    }
}
