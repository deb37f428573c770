using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>
/// The one writer of an open store, with a connection of its own. It takes whatever is queued as soon as it is free, commits it as one transaction
/// in one round trip, and only then completes the tasks. While the database is away, writes wait.
/// </summary>
/// <remarks>
/// After a broken connection it is looked up whether the batch in flight was committed, before anything is sent again (<see cref="WriterRecord"/>).
/// </remarks>
internal sealed class PostgresWriter : IAsyncDisposable
{
    /// <summary>How often what took too long is tried.</summary>
    private const int MostTries = 3;

    private readonly Guid writer = Guid.NewGuid();
    private readonly WriteQueue queue = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly PostgresUrl url;
    private readonly PostgresSession session;
    private readonly TimeProvider time;
    private readonly Task work;
    private WriterRecord? record;
    private long batches;

    public PostgresWriter(PostgresUrl url, string connectionString, TimeProvider time)
    {
        (this.url, this.time) = (url, time);
        session = new PostgresSession(
            url, connectionString, time,
            async (connection, cancellationToken) => record = await WriterRecord.EnterAsync(connection, writer, cancellationToken));
        work = Task.Run(WorkAsync);
    }

    /// <summary>How long queued writes have to reach the database when the store is closed.</summary>
    public static TimeSpan ClosingTime { get; } = SiloRecord.DefaultLease / 2;

    /// <summary>Transactions committed so far.</summary>
    public long Commits { get; private set; }

    /// <summary>Queues a write; the task completes when it is durable.</summary>
    /// <param name="isUrgent">Whether it goes before everything that is not: heartbeats do.</param>
    public Task<T> WriteAsync<T>(WriteJob<T> job, bool isUrgent = false)
    {
        job.Watch();
        queue.Add(job, isUrgent);
        return job.Task;
    }

    /// <summary>Queues a write with a transaction of its own.</summary>
    /// <param name="work">It may run more than once, each time after a rollback.</param>
    public Task<T> RunAsync<T>(Func<PostgresTransaction, Task<T>> work, CancellationToken cancellationToken, bool isUrgent = false, bool isPlain = false) =>
        WriteAsync(new SoloJob<T>(work, cancellationToken, isPlain), isUrgent);

    /// <summary>Commits what is queued, and closes the connection. What the database does not take in <see cref="ClosingTime"/> fails.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!queue.Close())
        {
            return;
        }

        await using (time.CreateTimer(_ => hurry.Cancel(), null, ClosingTime, Timeout.InfiniteTimeSpan))
        {
            await work;
        }

        await session.DisposeAsync();
        hurry.Dispose();
        queue.Dispose();
    }

    private async Task WorkAsync()
    {
        while (await queue.TakeAsync() is { } jobs)
        {
            try
            {
                await WriteAsync(jobs);
            }
            catch (Exception e)
            {
                var failure = e is OperationCanceledException ? new StoreException($"{url}: the store was closed before it was known that this is written", e) : Explain(e);
                jobs.ForEach(job => job.Fail(failure));
            }
        }

        await ForgetAsync();
    }

    private async Task WriteAsync(List<WriteJob> jobs)
    {
        if (jobs[0] is ISoloJob)
        {
            await RunAloneAsync(jobs);
            return;
        }

        for (var tries = 1; await ConnectAsync(jobs) is { } connection; tries++)
        {
            var batch = new HotBatch(jobs);
            var token = new WriterToken(writer, record!.Session, ++batches);
            try
            {
                await batch.CommitAsync(connection, token);
                Commits++;
                batch.Complete();
                await ClaimBegunAsync(batch);
                return;
            }
            catch (Exception e) when (IsUnknown(connection, e))
            {
                await session.BreakAsync();
                if (await ConnectAsync(jobs) is null)
                {
                    return;
                }

                if (record!.Batch == token.Batch)
                {
                    Commits++;
                    batch.CompleteFrom(record);
                    return;
                }

                if (e is not NpgsqlException && !PostgresFailures.IsAway(e))
                {
                    if (jobs.Count == 1)
                    {
                        throw;
                    }

                    await WriteEachAsync(jobs);
                    return;
                }
            }
            catch (PostgresException e) when (PostgresFailures.IsCollision(e))
            {
                // It was undone whole: again.
            }
            catch (PostgresException e) when (PostgresFailures.IsOfTheStore(e) || jobs.Count == 1)
            {
                if (!PostgresFailures.IsSlow(e) || tries == MostTries)
                {
                    throw;
                }
            }
            catch (PostgresException)
            {
                // One of them is at fault, and which is not said: each by itself.
                await WriteEachAsync(jobs);
                return;
            }
        }
    }

    private async Task WriteEachAsync(List<WriteJob> jobs)
    {
        foreach (var job in jobs)
        {
            try
            {
                await WriteAsync([job]);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                job.Fail(Explain(e));
            }
        }
    }

    private async Task ClaimBegunAsync(HotBatch batch)
    {
        foreach (var group in batch.Begun)
        {
            var claim = new SoloJob<IReadOnlyList<ClaimedTrial>>(
                transaction => ClaimSql.ClaimAsync(transaction, ClaimSql.Waiting, group.Key, group.Count), CancellationToken.None);
            try
            {
                await RunAloneAsync([claim]);
                group.Complete(await claim.Task);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                var failure = Explain(e);
                group.Jobs.ForEach(job => job.Fail(failure));
            }
        }
    }

    /// <summary>A write with a transaction of its own. Its result is known before the commit is sent: when that was done, it stands.</summary>
    private async Task RunAloneAsync(List<WriteJob> jobs)
    {
        var job = (ISoloJob)jobs[0];
        for (var tries = 1; await ConnectAsync(jobs) is { } connection; tries++)
        {
            var transaction = new PostgresTransaction(connection);
            var token = new WriterToken(writer, record!.Session, ++batches);
            try
            {
                if (job.IsPlain)
                {
                    await job.ExecuteAsync(transaction);
                }
                else
                {
                    await transaction.BeginAsync();
                    await job.ExecuteAsync(transaction);
                    await transaction.CommitAsync(token);
                }

                Commits++;
                job.Succeed();
                return;
            }
            catch (Exception e) when (IsBroken(connection, e))
            {
                await session.BreakAsync();
                if (!job.IsPlain && await ConnectAsync(jobs) is not null && record!.Batch == token.Batch)
                {
                    Commits++;
                    job.Succeed();
                    return;
                }
            }
            catch (Exception e)
            {
                if (!job.IsPlain)
                {
                    await RollBackAsync(transaction);
                }

                if (!PostgresFailures.IsCollision(e) && (!PostgresFailures.IsSlow(e) || tries == MostTries))
                {
                    throw;
                }
            }
        }
    }

    private async Task RollBackAsync(PostgresTransaction transaction)
    {
        try
        {
            await transaction.RollBackAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The connection ends, and the transaction with it.
            await session.BreakAsync();
        }
    }

    /// <summary>The connection, when the database is there; null when nobody waits for the jobs any more. They may be canceled while it is away.</summary>
    private async Task<NpgsqlConnection?> ConnectAsync(List<WriteJob> jobs)
    {
        while (true)
        {
            jobs.RemoveAll(job => !job.TryPin());
            if (jobs.Count == 0)
            {
                return null;
            }

            try
            {
                return await session.OpenAsync(hurry.Token);
            }
            catch (Exception e) when (PostgresFailures.IsAway(e) || PostgresFailures.IsSlow(e) || PostgresFailures.IsCollision(e))
            {
                jobs.ForEach(job => job.Unpin());
                await session.PauseAsync(hurry.Token);
            }
        }
    }

    /// <summary>Whether the server may have committed in spite of the error: only its own word says that it did not.</summary>
    private static bool IsUnknown(NpgsqlConnection connection, Exception e) => e is not PostgresException || IsBroken(connection, e);

    private static bool IsBroken(NpgsqlConnection connection, Exception e) =>
        connection.State != System.Data.ConnectionState.Open || PostgresFailures.IsAway(e);

    private Exception Explain(Exception e) => e is NpgsqlException ? PostgresFailures.ToStore(url, e) : e;

    private async Task ForgetAsync()
    {
        try
        {
            // When there is no connection, the row is left to those who clean up.
            if (record is not null && !hurry.IsCancellationRequested)
            {
                await WriterRecord.ForgetAsync(await session.OpenAsync(hurry.Token), writer, hurry.Token);
            }
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or InvalidOperationException || PostgresFailures.IsAway(e))
        {
            // The same.
        }
    }
}
