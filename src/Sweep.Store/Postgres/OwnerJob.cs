using Sweep.Search.Trials;

namespace Sweep.Store.Postgres;

/// <summary>An owner's unit, queued; prepared on the caller's thread, so that the writer only writes.</summary>
internal sealed class OwnerJob : WriteJob<WriteResult>
{
    public OwnerJob(OwnerUnit unit, CancellationToken cancellationToken)
        : base(cancellationToken)
    {
        Unit = unit;
        if (unit.Outcome is { } outcome && !TrialState.Running.CanBecome(outcome.State))
        {
            throw new ArgumentException($"trial {unit.TrialId}: Running cannot become {outcome.State}", nameof(unit));
        }

        if (unit.Report is { } report)
        {
            Values = StoreJson.OfValues(report.Values);
            Metrics = StoreJson.OfMetrics(report.Metrics);
        }
    }

    public OwnerUnit Unit { get; }

    public string Values { get; } = "";

    public string Metrics { get; } = "";
}
