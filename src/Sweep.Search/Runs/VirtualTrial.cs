using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>A trial in the virtual run.</summary>
internal sealed class VirtualTrial
{
    private List<TrialResult>? _early;

    /// <summary>Whether it holds a virtual worker.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>Whether something may still become of it.</summary>
    internal bool IsOpen { get; set; } = true;

    /// <summary>The resource at its last rest.</summary>
    internal int From { get; private set; }

    /// <summary>What it may train to; above <see cref="From"/> when it runs or waits for a worker.</summary>
    internal int Granted { get; private set; }

    /// <summary>When it began to train from <see cref="From"/>.</summary>
    internal long Start { get; private set; }

    /// <summary>The earliest time at which it can end what it runs now: an epoch begun takes a unit, whatever comes of it.</summary>
    internal long Earliest { get; private set; }

    /// <summary>What became of it there; null while that is not known.</summary>
    internal TrialResult? Result { get; set; }

    /// <summary>The objectives at its last rest.</summary>
    internal IReadOnlyList<double?> LastValues { get; private set; } = [];

    /// <summary>Whether it is to go on as soon as a worker is free.</summary>
    internal bool IsPromoted => !IsRunning && Granted > From;

    internal void Grant(int granted) => Granted = granted;

    internal void Begin(long time)
    {
        IsRunning = true;
        Start = time;
        Earliest = time + 1;
        LastValues = Result?.Values ?? [];
        Result = null;
    }

    internal void Rest()
    {
        IsRunning = false;
        From = Granted;
    }

    /// <summary>Takes note of epochs that it has trained and went on after; returns whether its end can only be later now.</summary>
    internal bool Pass(int step)
    {
        var earliest = Start + Math.Min(step - From + 1, Granted - From);
        if (earliest <= Earliest)
        {
            return false;
        }

        Earliest = earliest;
        return true;
    }

    /// <summary>Keeps a result until the virtual run comes to it.</summary>
    internal void Keep(TrialResult result) => (_early ??= []).Add(result);

    /// <summary>The result of what it runs now, if it came early.</summary>
    internal TrialResult? TakeEarly()
    {
        var found = _early?.FindIndex(result => result.Granted == Granted) ?? -1;
        if (found < 0)
        {
            return null;
        }

        var result = _early![found];
        _early.RemoveAt(found);
        return result;
    }

    /// <summary>When a result comes: an epoch begun costs one unit, however it ended.</summary>
    internal long EndOf(TrialResult result)
    {
        var epochs = result.State switch
        {
            TrialState.Paused => Granted - From,
            TrialState.Completed or TrialState.Pruned => result.Step - From,
            _ => Math.Min(result.Step + 1, Granted) - From,
        };
        return Start + Math.Max(1, epochs);
    }
}
