using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>What is known of why a sweep's trials wait.</summary>
internal sealed record WaitingPicture(
    SweepSummary Summary, SweepSpec Spec, IReadOnlyList<SiloRecord> Silos, IReadOnlyList<SweepRefusal> Refusals, IReadOnlyList<TrialRecord> Suspects)
{
    /// <inheritdoc cref="WaitingReasons.Of"/>
    public IReadOnlyList<string> Reasons() => WaitingReasons.Of(Summary.Sweep, Summary.Counts, Silos, Refusals, Suspects);

    /// <summary>The same, and what to know when a sweep was just left to the silos.</summary>
    public IReadOnlyList<string> AtSubmit() =>
        [.. Reasons(), .. WaitingReasons.UnusedSlots(Spec, Summary.Sweep, Silos) is { } unused ? (string[])[unused] : []];

    /// <summary>Asks the store.</summary>
    public static async Task<WaitingPicture> ReadAsync(IStore store, SweepSummary summary, SweepSpec spec, CancellationToken cancellationToken)
    {
        var sweep = summary.Sweep;
        if (sweep.State.IsOver() || sweep.State == SweepState.Paused)
        {
            return new WaitingPicture(summary, spec, [], [], []);
        }

        return new WaitingPicture(
            summary,
            spec,
            await SiloLives.ListLivingAsync(store, cancellationToken),
            await store.ListRefusalsAsync(sweep.Id, cancellationToken),
            await store.ListQuarantinedAsync(sweep.Id, cancellationToken));
    }
}
