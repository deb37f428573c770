using Sweep.Store.Sqlite;
using Sweep.Torch;
using Sweep.Training.Data;

namespace Sweep.Silo.Hosting;

/// <summary>Begins to load libtorch so that the rest of the start goes on beside it.</summary>
/// <remarks>
/// Loading it takes most of a start, and holds the dynamic loader's lock all the while: whoever calls a native function for the
/// first time then waits for the end of it. So those that reading data and opening the store need are called once before.
/// </remarks>
internal static class ColdStart
{
    public static void Begin()
    {
        SqliteStore.ResolveNative();
        DatasetCache.ResolveNative();
        _ = torch.Preload();
    }
}
