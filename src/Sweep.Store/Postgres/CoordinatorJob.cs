using Sweep.Search.Trials;

namespace Sweep.Store.Postgres;

/// <summary>A coordinator's unit, queued.</summary>
internal sealed class CoordinatorJob(CoordinatorUnit unit, CancellationToken cancellationToken) : WriteJob<WriteResult>(cancellationToken)
{
    public CoordinatorUnit Unit => unit;

    public bool GivesUp => unit.Release || unit.NewState?.IsOver() == true;

    /// <summary>Whether it can be written without reading anything: all but tests, exploits, and several words on one trial.</summary>
    public static bool IsOneWay(CoordinatorUnit unit) => unit.Tests.Count == 0
        && !unit.Decisions.Any(decision => decision.DonorTrialId is not null)
        && unit.Decisions.Select(decision => decision.TrialId).Distinct().Count() == unit.Decisions.Count;
}
