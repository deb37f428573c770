using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>The silo, as its slots see it. Called on a slot's thread.</summary>
internal interface ISlotHost
{
    /// <summary>An attempt ended; its slot takes the next trial meanwhile.</summary>
    void SlotEnded(SweepWork work, TrialEnd end);

    /// <summary>An epoch was reported durably and its trial goes on; told where the search wants to know.</summary>
    void EpochPassed(SweepWork work, TrialPlace place, int step);

    /// <summary>Whether the slot goes on although the store failed under a trial.</summary>
    bool GoesOnAfter(SweepWork work, TrialRecord trial, StoreException fault);
}
