using Sweep.Search.Trials;

namespace Sweep.Store.Postgres;

/// <summary>The units of one attempt in a batch, as one change of its row: what they would have made of it one after the other.</summary>
internal sealed class OwnerGroup(long trialId, int attempt)
{
    private readonly List<OwnerJob> jobs = [];
    private readonly List<OwnerJob> late = [];

    public long TrialId => trialId;

    public int Attempt => attempt;

    /// <summary>Whether the row was the attempt's when it was locked.</summary>
    public bool IsHeld { get; set; }

    public List<OwnerJob> Reports { get; } = [];

    /// <summary>What is to be there beside what <see cref="DropsBest"/> leaves.</summary>
    public List<Checkpoint> Checkpoints { get; } = [];

    public bool HasCheckpoint { get; private set; }

    /// <summary>Whether the best checkpoint so far goes with the others.</summary>
    public bool DropsBest { get; private set; }

    public double Seconds { get; private set; }

    public TrialOutcome? Outcome { get; private set; }

    public EventEntry? Event => Outcome is { } outcome ? EventEntry.Ended(outcome) : null;

    public void Add(OwnerJob job)
    {
        if (Outcome is not null)
        {
            // The attempt is over with the unit before it.
            late.Add(job);
            return;
        }

        jobs.Add(job);
        if (job.Unit.Report is { } report)
        {
            Reports.Add(job);
            Seconds += report.Seconds;
        }

        if (job.Unit.Checkpoint is { } checkpoint)
        {
            Add(checkpoint);
        }

        Outcome = job.Unit.Outcome;
    }

    public void Complete()
    {
        jobs.ForEach(job => job.Succeed(IsHeld ? WriteResult.Written : WriteResult.Lost));
        late.ForEach(job => job.Succeed(WriteResult.Lost));
    }

    private void Add(Checkpoint checkpoint)
    {
        HasCheckpoint = true;
        Checkpoints.RemoveAll(other => checkpoint.IsBest || !other.IsBest);
        DropsBest |= checkpoint.IsBest;
        if (!Checkpoints.Exists(other => other.Epoch == checkpoint.Epoch && other.Step == checkpoint.Step))
        {
            Checkpoints.Add(checkpoint);
        }
    }
}
