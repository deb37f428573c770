using System.Runtime.InteropServices;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What becomes of a trial whose silo is taken out of the store.</summary>
/// <param name="State">Waiting, or Poisoned.</param>
/// <param name="Deaths">Proved deaths without progress, from then on.</param>
/// <param name="Reason">Why it is poisoned; empty when it waits.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Burial(TrialState State, int Deaths, string Reason)
{
    /// <summary>Of a silo that was proved dead while it ran the trial.</summary>
    /// <param name="deaths">Those before this one.</param>
    /// <param name="progressed">Whether the attempt made a checkpoint durable.</param>
    /// <param name="poisonAfter">Deaths after which it is set aside; 0 for never.</param>
    /// <param name="proof">Of this death, for people.</param>
    public static Burial OfDeath(int deaths, bool progressed, int poisonAfter, string proof)
    {
        var count = progressed ? 0 : deaths + 1;
        return poisonAfter > 0 && count >= poisonAfter
            ? new Burial(
                TrialState.Poisoned, count,
                $"its silo died {(count == 1 ? "once" : $"{count} times")} while it ran, without progress{(count == 1 ? "" : " between")}: {proof}")
            : new Burial(TrialState.Waiting, count, "");
    }

    /// <summary>Of a silo that left, or was not heard of for its lease: it may have been slow, so nothing counts.</summary>
    public static Burial OfLoss(int deaths) => new(TrialState.Waiting, deaths, "");
}
