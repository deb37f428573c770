using System.Buffers.Binary;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store.Processes;
using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Sqlite;

/// <summary>Whatever cannot be a store is refused in one line, and nothing is written.</summary>
public sealed class SqliteOpening : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task NewStore_HasTheNewestSchema_AndLeavesOnlyLocksBesideIt()
    {
        await CreateAsync();

        Assert.Equal(["sweep.db", "sweep.db.lock", "sweep.db.lock.turn"], Names());
        Assert.Equal($"{SqliteSchema.Version:000}", SqliteSchema.Migrations.Last()["sqlite/".Length..][..3]);
        Assert.Equal(
            [(1L, "001_initial"), (2L, "002_exploits"), (3L, "003_learning"), (4L, "004_more"), (5L, "005_silos"), (6L, "006_counts")], SqliteChecks.Rows(folder.File(), "SELECT version, name FROM schema_version", row => (row.Long(0), row.Text(1))));
    }

    [Fact]
    public async Task Reading_AnOlderStore_BringsItUpToDate()
    {
        await CreateOldAsync(2, "INSERT INTO sweeps (name, state, spec, spec_file, seed, search_version, maximize, inputs, created_at) VALUES ('old', 3, '', '', 1, 1, 1, '{}', 0)");

        await using var store = await SqliteStore.OpenForReadingAsync(folder.File(), default);
        Assert.Equal("old", Assert.Single(await store.ListSweepsAsync(default)).Sweep.Name);
        Assert.Equal(SqliteSchema.Version, SqliteChecks.Rows(folder.File(), "SELECT max(version) FROM schema_version", row => row.Long(0))[0]);
    }

    [Fact]
    public async Task StoreOfVersion4_WithASweepThatRan_GoesOn()
    {
        var incarnation = Guid.NewGuid();
        await CreateOldAsync(4, $"""
            INSERT INTO silos (incarnation, name, host, boot_id, pid_namespace, pid, start_time, slots, registered_at, heartbeat)
            VALUES ('{incarnation:N}', 'old-1', 'h', '{ProcessIdentities.Current().BootId}', 'pid:[1]', 7, 8, 2, 5, 1);
            INSERT INTO sweeps (name, state, spec, spec_file, seed, search_version, maximize, inputs, created_at, term, owner)
            VALUES ('old', 1, '', '', 1, 1, 1, '{"{}"}', 0, 3, '{incarnation:N}');
            INSERT INTO trials (sweep_id, number, replicate, state, attempt, owner, granted, virtual_time, last_seen, parameters, progressed, deaths, objectives, resource)
            VALUES (1, 0, 0, 1, 1, '{incarnation:N}', 9, 0, 0, '{"{}"}', 0, 1, '[0.5]', 2), (1, 1, 0, 0, 0, NULL, 9, 0, 0, '{"{}"}', 0, 0, '[]', 0);
            """);

        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);

        var silo = Assert.Single(await store.ListSilosAsync(default)).Silo;
        Assert.Equal((incarnation, "", SiloRecord.DefaultLease, 7), (silo.Incarnation, silo.Labels, silo.Lease, silo.Process.Pid));
        var sweep = (await store.FindSweepAsync("old", default))!;
        Assert.Equal((new SweepPlacement(), 3L, silo), (sweep.Placement, sweep.Term, sweep.Owner));
        Assert.Equal(1, await store.BurySiloAsync(incarnation, "process 7 is gone", default));
        var trials = await store.ListTrialsAsync(1, 0, 9, default);
        Assert.Equal([(TrialState.Waiting, 2, 2), (TrialState.Waiting, 0, 0)], trials.Select(trial => (trial.State, trial.Deaths, trial.Resource)));
        Assert.Equal([0.5], trials[0].Values);
        Assert.Equal(
            (0L, "ok"),
            (SqliteChecks.Rows(folder.File(), "SELECT count(*) FROM pragma_table_info('trials') WHERE name = 'lease_until'", row => row.Long(0))[0],
            SqliteChecks.Integrity(folder.File())));
    }

    [Fact]
    public async Task Reading_WhereThereIsNoStore_SaysSoAndCreatesNone()
    {
        var failure = await Assert.ThrowsAsync<StoreNotFoundException>(() => SqliteStore.OpenForReadingAsync(folder.File(), default));

        Assert.Contains(folder.File(), failure.Message, StringComparison.Ordinal);
        Assert.Empty(Names());
    }

    [Fact]
    public async Task Reading_AnEmptyFile_FindsNoStore_WritingMakesOne()
    {
        await File.WriteAllBytesAsync(folder.File(), []);

        await Assert.ThrowsAsync<StoreNotFoundException>(() => SqliteStore.OpenForReadingAsync(folder.File(), default));
        Assert.Equal(["sweep.db"], Names());
        await CreateAsync();
        await using var store = await SqliteStore.OpenForReadingAsync(folder.File(), default);
        Assert.Empty(await store.ListSweepsAsync(default));
    }

    [Fact]
    public async Task Reading_AClosedStore_LeavesTheFolderAsItWas()
    {
        await CreateAsync();
        var before = (Names(), await File.ReadAllBytesAsync(folder.File()));

        await using (var store = await SqliteStore.OpenForReadingAsync(folder.File(), default))
        {
            Assert.Empty(await store.ListSweepsAsync(default));
        }

        Assert.Equal(before.Item1, Names());
        Assert.Equal(before.Item2, await File.ReadAllBytesAsync(folder.File()));
    }

    [Fact]
    public async Task Reading_WhileAnotherWrites_SeesWhatIsCommitted()
    {
        await using var writer = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        await using var reader = await SqliteStore.OpenForReadingAsync(folder.File(), default);
        Assert.Empty(await reader.ListSweepsAsync(default));

        await writer.CreateSweepAsync(new NewSweep("a", true, "", "", 1, 1, true, new Dictionary<string, string>()), default);

        Assert.Equal("a", Assert.Single(await reader.ListSweepsAsync(default)).Sweep.Name);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.RemoveSiloAsync(Guid.NewGuid(), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Folder_IsRefused(bool forWriting) => await RefusedAsync(folder.Path, "is a folder", forWriting);

    [Fact]
    public async Task MissingFolder_IsRefused() => await RefusedAsync(folder.File("none/sweep.db"), "does not exist", forWriting: true);

    [Fact]
    public async Task FolderThatTakesNoFiles_IsRefused() => await RefusedAsync("/proc/sweep.db", "/proc/sweep.db.lock: cannot be created", forWriting: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FileOfSomethingElse_IsRefused(bool forWriting)
    {
        await File.WriteAllTextAsync(folder.File(), string.Concat(Enumerable.Repeat("name: fashion\n", 500)));

        await RefusedAsync(folder.File(), "not an SQLite database", forWriting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DatabaseOfAnotherProgram_IsRefused(bool forWriting)
    {
        SqliteChecks.Write(folder.File(), "CREATE TABLE studies (id INTEGER)");

        await RefusedAsync(folder.File(), "database of another program", forWriting);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NewerStore_IsRefused(bool forWriting)
    {
        await CreateAsync();
        SqliteChecks.Write(folder.File(), $"PRAGMA user_version = {SqliteSchema.Version + 1}");

        await RefusedAsync(folder.File(), "written by a newer version of sweep", forWriting);
    }

    [Fact]
    public async Task NewerStore_WhoseVersionIsStillInTheLog_IsRefused()
    {
        await CreateAsync();
        SqliteLibrary.Load();
        var other = SqliteConnection.OpenForWriting(folder.File());
        other.RunScript($"PRAGMA user_version = {SqliteSchema.Version + 1}");

        var failure = await Assert.ThrowsAsync<SweepException>(() => SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default));

        Assert.Contains("newer version", failure.Message, StringComparison.Ordinal);
        other.Close(copyLog: true);
    }

    [Fact]
    public async Task DamagedStore_SaysSo()
    {
        await CreateAsync();
        var bytes = await File.ReadAllBytesAsync(folder.File());
        bytes.AsSpan(4096).Fill(0x5A);
        await File.WriteAllBytesAsync(folder.File(), bytes);

        await using var store = await SqliteStore.OpenForReadingAsync(folder.File(), default);
        var failure = await Assert.ThrowsAnyAsync<SweepException>(() => store.ListSweepsAsync(default));

        Assert.Contains("the database is damaged", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task StoreWhoseLogIsBeingCopied_IsNotDamaged(bool forWriting)
    {
        await CreateAsync();
        SqliteLibrary.Load();
        var other = SqliteConnection.OpenForWriting(folder.File());
        other.RunScript("PRAGMA wal_autocheckpoint = 0; CREATE TABLE filler (content BLOB); INSERT INTO filler VALUES (zeroblob(1000000))");
        CopyFirstPageOfLog();

        await using (var store = forWriting
            ? await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default)
            : await SqliteStore.OpenForReadingAsync(folder.File(), default))
        {
            Assert.Empty(await store.ListSweepsAsync(default));
        }

        other.Close(copyLog: true);
        Assert.Equal("ok", SqliteChecks.Integrity(folder.File()));
    }

    [Fact]
    public async Task LinkToAStore_IsTheStoreItself()
    {
        await CreateAsync();
        File.CreateSymbolicLink(folder.File("link.db"), folder.File());

        await using var store = await SqliteStore.OpenAsync(folder.File("link.db"), TimeProvider.System, default);

        Assert.DoesNotContain("link.db.lock", Names());
    }

    [Theory]
    [InlineData(0x6969u, "nfs")]
    [InlineData(0xFF534D42u, "cifs")]
    [InlineData(0xFE534D42u, "smb")]
    [InlineData(0x517Bu, "smb")]
    [InlineData(0x01021997u, "9p")]
    [InlineData(0x65735546u, "fuse or virtiofs")]
    [InlineData(0xEF53u, null)] // ext4
    [InlineData(0x01021994u, null)] // tmpfs
    [InlineData(0x58465342u, null)] // xfs
    [InlineData(0x9123683Eu, null)] // btrfs
    [InlineData(0x794C7630u, null)] // overlayfs
    public void FileSystem_SharedWithOtherMachines_IsNamed(uint magic, string? name) => Assert.Equal(name, FileSystems.SharedName(magic));

    /// <summary>What a copy of the log does first: the file then says that it is longer than it is.</summary>
    private void CopyFirstPageOfLog()
    {
        const int logHeader = 32, frameHeader = 24, page = 4096;
        var log = File.ReadAllBytes(folder.File() + "-wal");
        var frames = Enumerable.Range(0, (log.Length - logHeader) / (frameHeader + page)).Select(i => logHeader + (i * (frameHeader + page)));
        var first = frames.Last(at => BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(at)) == 1);
        using var file = File.OpenHandle(folder.File(), FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, log.AsSpan(first + frameHeader, page), 0);
    }

    private async Task CreateOldAsync(int version, string rows)
    {
        SqliteLibrary.Load();
        var database = SqliteConnection.OpenForWriting(folder.File());
        foreach (var (name, number) in SqliteSchema.Migrations.Take(version).Select((name, i) => (name, i + 1)))
        {
            using var text = new StreamReader(typeof(SqliteStore).Assembly.GetManifestResourceStream(name)!);
            database.RunScript(await text.ReadToEndAsync());
            database.RunScript($"INSERT INTO schema_version (version, name, applied_at) VALUES ({number}, '{Path.GetFileNameWithoutExtension(name)["sqlite/".Length..]}', 0)");
        }

        database.RunScript($"PRAGMA application_id = {SqliteSchema.ApplicationId}; PRAGMA user_version = {version}");
        database.RunScript(rows);
        database.Close(copyLog: true);
    }

    private async Task CreateAsync() => await (await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default)).DisposeAsync();

    private async Task RefusedAsync(string path, string expected, bool forWriting)
    {
        var before = Names();

        var failure = await Assert.ThrowsAnyAsync<SweepException>(() => forWriting
            ? SqliteStore.OpenAsync(path, TimeProvider.System, default)
            : SqliteStore.OpenForReadingAsync(path, default));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal(before, Names());
    }

    private List<string> Names() =>
        [.. Directory.EnumerateFileSystemEntries(folder.Path).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
}
