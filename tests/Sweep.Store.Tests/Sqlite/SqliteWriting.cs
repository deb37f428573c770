using System.Collections.Concurrent;
using Sweep.Store.Interop;
using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Sqlite;

/// <summary>The writer: what is queued is committed together, and what fails, fails alone or says why.</summary>
public sealed class SqliteWriting : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task WritesThatWaitTogether_AreOneCommit()
    {
        await using var writer = new Writer(folder.File());
        var barrier = writer.Hold();
        var writes = Enumerable.Range(0, 100).Select(n => writer.AddAsync(n)).ToList();

        barrier.Release();
        await Task.WhenAll(writes);

        // The one that held the writer, and one for all that had gathered behind it.
        Assert.Equal(2, writer.Queue.Commits);
        Assert.Equal(Enumerable.Range(0, 100).Select(n => (long)n), writer.Numbers());
    }

    [Fact]
    public async Task UrgentWrite_GoesBeforeWhatWaits()
    {
        await using var writer = new Writer(folder.File());
        var order = new List<string>();
        var barrier = writer.Hold();
        var report = writer.Queue.WriteAsync(_ => { order.Add("report"); return 0; }, default);
        var heartbeat = writer.Queue.WriteAsync(_ => { order.Add("heartbeat"); return 0; }, default, isUrgent: true);

        barrier.Release();
        await Task.WhenAll(report, heartbeat);

        Assert.Equal(["heartbeat", "report"], order);
    }

    [Fact]
    public async Task WriteThatIsCanceledWhileItWaits_IsNotDone()
    {
        await using var writer = new Writer(folder.File());
        using var cancel = new CancellationTokenSource();
        var barrier = writer.Hold();
        var canceled = writer.AddAsync(1, cancel.Token);
        var other = writer.AddAsync(2);

        await cancel.CancelAsync();
        barrier.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        await other;
        Assert.Equal([2L], writer.Numbers());
    }

    [Fact]
    public async Task WriteThatFails_LeavesTheRestOfItsBatchWritten()
    {
        await using var writer = new Writer(folder.File());
        var barrier = writer.Hold();
        var first = writer.AddAsync(1);
        var failing = writer.Queue.WriteAsync<int>(
            session =>
            {
                Writer.Add(session, 2);
                throw new InvalidOperationException("a mistake");
            },
            default);
        var last = writer.AddAsync(3);

        barrier.Release();
        await Task.WhenAll(first, last);

        Assert.Equal("a mistake", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        Assert.Equal([1L, 3L], writer.Numbers());
    }

    [Fact]
    public async Task FullDisk_FailsItsBatchClearly_AndTheWriterGoesOn()
    {
        await using var writer = new Writer(folder.File());
        await writer.Queue.WriteAsync(session => { session.Database.RunScript("PRAGMA max_page_count = 20"); return 0; }, default);
        var barrier = writer.Hold();
        var small = writer.AddAsync(1);
        var large = writer.Queue.WriteAsync(
            session => { session.Database.RunScript("CREATE TABLE large AS SELECT zeroblob(1000000) AS content"); return 0; }, default);

        barrier.Release();

        foreach (var write in new Task[] { small, large })
        {
            Assert.EndsWith("no space left on the disk", (await Assert.ThrowsAsync<SqliteFailure>(() => write)).Message, StringComparison.Ordinal);
        }

        await writer.AddAsync(2);
        Assert.Equal([2L], writer.Numbers());
    }

    [Fact]
    public async Task Closing_CommitsWhatWaits()
    {
        var writer = new Writer(folder.File());
        var barrier = writer.Hold();
        var write = writer.AddAsync(7);
        var closing = writer.Queue.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => { _ = writer.AddAsync(8); });
        barrier.Release();
        await closing;

        await write;
        await writer.DisposeAsync();
        Assert.Equal([7L], SqliteChecks.Rows(folder.File(), "SELECT n FROM numbers", row => row.Long(0)));
    }

    [Fact]
    public async Task Log_IsCopiedIntoTheDatabase_BeforeItGrowsWithoutBound()
    {
        const int Blob = 1_000_000;
        await using var writer = new Writer(folder.File());
        for (var n = 0; n < 60; n++)
        {
            await writer.Queue.WriteAsync(
                session =>
                {
                    session.Database.RunScript($"DROP TABLE IF EXISTS large; CREATE TABLE large AS SELECT randomblob({Blob}) AS content");
                    return 0;
                },
                default);
        }

        Assert.InRange(new FileInfo(folder.File() + "-wal").Length, Blob, 20 * Blob);
    }

    [Fact]
    public async Task FileLock_GivenUp_GoesToTheOneThatWaits()
    {
        // Two holders of the lock, as two processes would be.
        using var one = FileLock.Open(folder.File());
        using var two = FileLock.Open(folder.File());
        var turnstile = Libc.OpenLockFile(folder.File() + ".lock.turn", create: false);
        var order = new ConcurrentQueue<string>();
        one.Enter();
        Assert.False(two.TryEnter());
        var waiting = Task.Run(() =>
        {
            two.Enter();
            order.Enqueue("two");
            two.Exit();
        });
        Assert.True(SpinWait.SpinUntil(() => !IsFree(turnstile), TimeSpan.FromMinutes(1)), "the second did not come to the turnstile");

        one.Exit();
        one.Enter();
        order.Enqueue("one");
        one.Exit();

        await waiting.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["two", "one"], order);
        Libc.Close(turnstile);

        static bool IsFree(int descriptor)
        {
            if (Libc.TryLockFile(descriptor) != 0)
            {
                return false;
            }

            Libc.UnlockFile(descriptor);
            return true;
        }
    }

    /// <summary>A writer over a table of numbers.</summary>
    private sealed class Writer : IAsyncDisposable
    {
        private readonly string path;
        private readonly FileLock fileLock;

        public Writer(string path)
        {
            this.path = path;
            SqliteLibrary.Load();
            fileLock = FileLock.Open(path);
            var database = SqliteConnection.OpenForWriting(path);
            database.RunScript("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE numbers (n INTEGER)");
            Queue = new SqliteWriter(database, fileLock, TimeProvider.System);
        }

        public SqliteWriter Queue { get; }

        public static void Add(WriteSession session, long number)
        {
            using var insert = session.Use("INSERT INTO numbers VALUES (?1)").Bind(1, number);
            insert.Run();
        }

        public Task<int> AddAsync(int number, CancellationToken cancellationToken = default) => Queue.WriteAsync(
            session =>
            {
                Add(session, number);
                return number;
            },
            cancellationToken);

        /// <summary>Keeps the writer inside a transaction until the barrier is released.</summary>
        public SemaphoreSlim Hold()
        {
            var inside = new SemaphoreSlim(0);
            var barrier = new SemaphoreSlim(0);
            _ = Queue.WriteAsync(
                _ =>
                {
                    inside.Release();
                    barrier.Wait();
                    return 0;
                },
                default);
            inside.Wait();
            return barrier;
        }

        public IEnumerable<long> Numbers() => SqliteChecks.Rows(path, "SELECT n FROM numbers ORDER BY rowid", row => row.Long(0));

        public async ValueTask DisposeAsync()
        {
            await Queue.DisposeAsync();
            fileLock.Dispose();
        }
    }
}
