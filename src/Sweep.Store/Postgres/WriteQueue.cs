namespace Sweep.Store.Postgres;

/// <summary>What waits for the writer, in the order in which it came; what is urgent goes first.</summary>
internal sealed class WriteQueue : IDisposable
{
    /// <summary>How many writes, and bytes of checkpoints, one transaction holds: it stays far below the time that a statement may take.</summary>
    private const int MostJobs = 2000;

    private const long MostBytes = 64L << 20;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim wake = new(0);
    private readonly Queue<WriteJob> urgent = new();
    private readonly Queue<WriteJob> queued = new();
    private bool closing;
    private bool sleeps;

    public void Add(WriteJob job, bool isUrgent)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closing, typeof(PostgresStore));
            (isUrgent ? urgent : queued).Enqueue(job);
            Wake();
        }
    }

    /// <summary>Takes nothing any more; false when it was closed already.</summary>
    public bool Close()
    {
        lock (gate)
        {
            if (closing)
            {
                return false;
            }

            closing = true;
            Wake();
            return true;
        }
    }

    /// <summary>Waits for work, and takes what is written together: a write alone, or those before the next that has to be alone.</summary>
    /// <returns>Null when there is none, and will be none.</returns>
    public async Task<List<WriteJob>?> TakeAsync()
    {
        while (true)
        {
            lock (gate)
            {
                if (urgent.TryDequeue(out var first))
                {
                    return [first];
                }

                if (queued.Count > 0)
                {
                    return TakeQueued();
                }

                if (closing)
                {
                    return null;
                }

                sleeps = true;
            }

            await wake.WaitAsync();
        }
    }

    public void Dispose() => wake.Dispose();

    private List<WriteJob> TakeQueued()
    {
        var jobs = new List<WriteJob>();
        var bytes = 0L;
        while (jobs.Count < MostJobs && bytes < MostBytes && queued.TryPeek(out var next))
        {
            if (next is ISoloJob && jobs.Count > 0)
            {
                break;
            }

            jobs.Add(queued.Dequeue());
            bytes += next is OwnerJob { Unit.Checkpoint: { } checkpoint } ? checkpoint.Content.Length : 0;
            if (next is ISoloJob or CoordinatorJob { GivesUp: true })
            {
                break;
            }
        }

        return jobs;
    }

    private void Wake()
    {
        if (sleeps)
        {
            sleeps = false;
            wake.Release();
        }
    }
}
