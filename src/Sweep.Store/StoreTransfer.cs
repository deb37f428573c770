using Sweep.Search;
using Sweep.Store.Portable;

namespace Sweep.Store;

/// <summary>Moves sweeps between stores, of one kind or of two, and checks what a store holds.</summary>
public static class StoreTransfer
{
    /// <summary>Writes sweeps to a file, which appears only when it is complete.</summary>
    /// <param name="sweep">The name of the one sweep to write; null for all.</param>
    /// <returns>The names of the sweeps written.</returns>
    /// <exception cref="SweepException">There is no such sweep, or the file cannot be written.</exception>
    public static Task<IReadOnlyList<string>> ExportAsync(IStore store, string file, string? sweep, CancellationToken cancellationToken)
    {
        var source = Rows(store);
        return source.ReadRowsAsync<IReadOnlyList<string>>(
            rows =>
            {
                var sweeps = rows.Sweeps().Where(s => sweep is null || s.Name == sweep).ToList();
                var unfinished = file + ".part";
                try
                {
                    using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write))
                    {
                        PortableFile.Write(stream, rows, source.SchemaVersion, sweeps);
                        stream.Flush(flushToDisk: true);
                    }

                    File.Move(unfinished, file, overwrite: true);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    throw new SweepException($"{file}: cannot be written: {e.Message}", e);
                }

                return [.. sweeps.Select(s => s.Name)];
            },
            cancellationToken);
    }

    /// <summary>Adds the sweeps of a file to a store: all of them, or none.</summary>
    /// <returns>The names of the sweeps added.</returns>
    /// <exception cref="NotFoundException">There is no such file.</exception>
    /// <exception cref="SweepException">A name is taken; or the file is no export, damaged, or a newer version's.</exception>
    public static async Task<IReadOnlyList<string>> ImportAsync(IStore store, string file, CancellationToken cancellationToken)
    {
        var target = Rows(store);
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.Open, FileAccess.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotFoundException($"{file}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException($"{file}: cannot be read: {e.Message}", e);
        }

        await using (stream)
        {
            return await target.WriteRowsAsync(rows => PortableFile.Read(stream, file, rows, target.SchemaVersion), cancellationToken);
        }
    }

    /// <summary>Everything that is wrong in a store, in a line each; empty when all is well.</summary>
    public static Task<IReadOnlyList<string>> CheckAsync(IStore store, CancellationToken cancellationToken) =>
        Rows(store).ReadRowsAsync(StoreCheck.Run, cancellationToken);

    private static IStoreRows Rows(IStore store) => store as IStoreRows ?? throw new SweepException("this kind of store cannot be moved");
}
