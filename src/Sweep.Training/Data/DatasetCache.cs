using System.IO.Compression;
using System.Security.Cryptography;

namespace Sweep.Training.Data;

/// <summary>The data sets of a process: each is loaded once, however many trials ask for it at the same time.</summary>
public sealed class DatasetCache(DatasetLocations locations, DatasetOptions? options = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<Dataset>> _loads = new(StringComparer.Ordinal);

    /// <summary>Calls the native functions that loading needs once: the first call of each asks the dynamic loader.</summary>
    public static void ResolveNative()
    {
        // An empty gzip member.
        byte[] gzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        using var stream = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        _ = stream.ReadByte();
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(gzip);
        _ = sha.GetHashAndReset();
    }

    /// <summary>The data set of a name, shared; a failed load is not kept, so a later call tries again.</summary>
    /// <param name="name">As for <see cref="DatasetRegistry.Locate"/>.</param>
    /// <param name="cancellationToken">Gives up waiting; the load itself goes on for the others.</param>
    /// <exception cref="TrainingException">Unknown name, missing or bad files.</exception>
    public Task<Dataset> GetAsync(string name, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_loads.TryGetValue(name, out var load) || load.IsFaulted)
            {
                load = Task.Run(() => DatasetRegistry.Load(name, locations, options), CancellationToken.None);
                _loads[name] = load;
            }

            return load.WaitAsync(cancellationToken);
        }
    }
}
