namespace Sweep.Store.Sqlite;

/// <summary>
/// The one writer of a process: a thread with a connection of its own. It takes whatever is queued as soon as it is free,
/// commits it as one transaction under the file lock, and only then completes the tasks.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    /// <summary>How many pages this process adds to the log before it copies it into the database (16 MiB).</summary>
    private const int PagesBetweenCopies = 4096;

    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(initialState: false);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileLock fileLock;
    private readonly SqliteConnection database;
    private readonly WriteSession session;
    private List<WriteJob> urgent = [];
    private List<WriteJob> queued = [];
    private bool closing;
    private int pagesInLog;

    /// <summary>Takes over an open connection and starts the thread.</summary>
    public SqliteWriter(SqliteConnection database, FileLock fileLock, TimeProvider time)
    {
        (this.database, this.fileLock) = (database, fileLock);
        session = new WriteSession(database, time);
        new Thread(Work) { Name = "store writer", IsBackground = true }.Start();
    }

    /// <summary>Transactions committed so far.</summary>
    public long Commits { get; private set; }

    /// <summary>Queues a write; the task completes when it is durable.</summary>
    /// <param name="work">It may run more than once, each time after a rollback.</param>
    /// <param name="isUrgent">Whether it goes before everything that is not: heartbeats do.</param>
    public Task<T> WriteAsync<T>(Func<WriteSession, T> work, CancellationToken cancellationToken, bool isUrgent = false)
    {
        var job = new WriteJob<T>(work, cancellationToken);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closing, this);
            (isUrgent ? urgent : queued).Add(job);
            wake.Set();
        }

        return job.Task;
    }

    /// <summary>Commits what is queued, closes the connection under the file lock, and ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (!closing)
            {
                closing = true;
                wake.Set();
            }
        }

        await ended.Task;
        wake.Dispose();
    }

    private void Work()
    {
        try
        {
            while (WaitForWork())
            {
                WriteUnderLock();
            }
        }
        finally
        {
            CloseUnderLock();
            ended.SetResult();
        }
    }

    /// <summary>Whether there is work; false when there is none and will be none.</summary>
    private bool WaitForWork()
    {
        while (true)
        {
            lock (gate)
            {
                if (urgent.Count + queued.Count > 0)
                {
                    return true;
                }

                if (closing)
                {
                    return false;
                }
            }

            wake.WaitOne();
        }
    }

    private List<WriteJob> TakeBatch()
    {
        lock (gate)
        {
            var batch = urgent.Count == 0 ? queued : [.. urgent, .. queued];
            urgent.Clear();
            queued = [];
            batch.RemoveAll(job => job.DropIfCanceled());
            return batch;
        }
    }

    /// <summary>What was queued while other processes had their turn is written in this one too.</summary>
    private void WriteUnderLock()
    {
        try
        {
            fileLock.Enter();
        }
        catch (Exception e)
        {
            TakeBatch().ForEach(job => job.Fail(e));
            return;
        }

        try
        {
            Commit(TakeBatch());
            CopyLogIfDue();
        }
        finally
        {
            fileLock.Exit();
        }
    }

    /// <summary>
    /// Commits the batch in one transaction. A job that fails by itself is taken out and the others run again;
    /// when the store fails (disk full, damaged), all of them do.
    /// </summary>
    private void Commit(List<WriteJob> batch)
    {
        while (batch.Count > 0)
        {
            var next = 0;
            try
            {
                session.Reported.Clear();
                database.Run("BEGIN IMMEDIATE");
                for (; next < batch.Count; next++)
                {
                    batch[next].Execute(session);
                }

                session.Reported.Write(database);
                database.Run("COMMIT");
                Commits++;
                batch.ForEach(job => job.Succeed());
                return;
            }
            catch (Exception e)
            {
                database.RollBack();
                if (next == batch.Count || e is SqliteFailure { IsOfTheStore: true })
                {
                    batch.ForEach(job => job.Fail(e));
                    return;
                }

                batch[next].Fail(e);
                batch.RemoveAt(next);
            }
        }
    }

    /// <summary>SQLite's own checkpointing is off: it would make a commit wait, and run at the close of readers too.</summary>
    private void CopyLogIfDue()
    {
        try
        {
            pagesInLog += database.TakePagesWritten();
            if (pagesInLog >= PagesBetweenCopies)
            {
                pagesInLog = 0;
                database.CopyLog();
            }
        }
        catch (SqliteFailure)
        {
            // What was committed is durable in the log. The next copy, or the next write, meets the cause again.
        }
    }

    private void CloseUnderLock()
    {
        fileLock.Enter();
        try
        {
            database.Close(copyLog: true);
        }
        finally
        {
            fileLock.Exit();
        }
    }
}
