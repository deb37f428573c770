using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>The facts that explain why trials of a sweep wait.</summary>
internal sealed record WaitingDiagnosis(
    SweepSummary Summary, SweepSpec Spec, IReadOnlyList<SiloRecord> Silos, IReadOnlyList<SweepRefusal> Rejections, IReadOnlyList<TrialRecord> Quarantined)
{
    /// <inheritdoc cref="WaitingReasons.Of"/>
    public IReadOnlyList<string> Reasons() => WaitingReasons.Of(Summary.Sweep, Summary.Counts, Silos, Rejections, Quarantined);

    /// <summary>The same, and a warning if slots cannot be used; for a new sweep.</summary>
    public IReadOnlyList<string> AtSubmit() =>
        [.. Reasons(), .. WaitingReasons.UnusedSlots(Spec, Summary.Sweep, Silos) is { } unused ? (string[])[unused] : []];

    /// <summary>Reads the facts from the store.</summary>
    public static async Task<WaitingDiagnosis> ReadAsync(IStore store, SweepSummary summary, SweepSpec spec, CancellationToken cancellationToken)
    {
        var sweep = summary.Sweep;
        if (sweep.State.IsOver() || sweep.State == SweepState.Paused)
        {
            return new WaitingDiagnosis(summary, spec, [], [], []);
        }

        return new WaitingDiagnosis(
            summary,
            spec,
            await SiloHealthCheck.ListLiveAsync(store, cancellationToken),
            await store.ListRefusalsAsync(sweep.Id, cancellationToken),
            await store.ListQuarantinedAsync(sweep.Id, cancellationToken));
    }
}
