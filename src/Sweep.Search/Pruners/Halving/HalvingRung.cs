using Sweep.Search.Ranking;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners.Halving;

/// <summary>One rung: who entered, who has arrived, with what.</summary>
internal sealed class HalvingRung(int resource)
{
    private readonly Dictionary<int, double?> _arrived = [];

    internal int Resource { get; } = resource;

    /// <summary>How many trials enter it; known when the rung below is full.</summary>
    internal int Entered { get; set; } = -1;

    internal bool IsDecided { get; set; }

    internal bool IsFull => _arrived.Count == Entered;

    internal IReadOnlyCollection<int> Arrived => _arrived.Keys;

    internal bool HasArrived(int number) => _arrived.ContainsKey(number);

    /// <summary>Notes an arrival; no value means that the trial is not promoted.</summary>
    internal void Arrive(int number, double? value) => _arrived[number] = ObjectiveValues.HasValue(value) ? value : null;

    /// <summary>Those with a value, best first, ties by the lower number.</summary>
    internal List<int> Ranked(ObjectiveGoal goal)
    {
        var ranked = new List<int>(_arrived.Count);
        foreach (var (number, value) in _arrived)
        {
            if (value is not null)
            {
                ranked.Add(number);
            }
        }

        ranked.Sort((x, y) =>
        {
            var order = ObjectiveValues.Compare(_arrived[x], _arrived[y], goal);
            return order != 0 ? order : x.CompareTo(y);
        });
        return ranked;
    }
}
