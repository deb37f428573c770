using System.Reflection;
using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

/// <summary>The shim's functions: private imports, checked wrappers. Nothing outside this folder knows a pointer's meaning.</summary>
internal static partial class Native
{
    private const string Library = "sweep_torch";
    private const string FileName = "libsweep_torch.so";
    private static readonly Lock Gate = new();
    private static nint _library;

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary>The file that was, or will be, loaded.</summary>
    public static string LibraryPath => Path.Combine(AppContext.BaseDirectory, FileName);

    /// <summary>Loads libtorch if that has not happened; takes some tenths of a second the first time.</summary>
    public static void Load()
    {
        lock (Gate)
        {
            if (_library != 0)
            {
                return;
            }
            if (!File.Exists(LibraryPath))
            {
                throw new DllNotFoundException($"{LibraryPath} is missing: it is built with the project Sweep.Torch and copied beside the program");
            }
            Kernels.Configure();
            _library = NativeLibrary.Load(LibraryPath);
            Check(sweep_initialize());
        }
    }

    public static void SetThreads(int count) => Check(sweep_set_num_threads(count));

    public static int GetThreads()
    {
        Check(sweep_get_num_threads(out var count));
        return count;
    }

    public static string Numerics()
    {
        var buffer = new byte[4096];
        Check(sweep_numerics(buffer, buffer.Length));
        return System.Text.Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new TorchException(Marshal.PtrToStringUTF8(sweep_last_error()) is { Length: > 0 } message ? message : "libtorch failed without a message");
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
        {
            return 0;
        }
        Load();
        return _library;
    }

    [LibraryImport(Library)]
    private static partial nint sweep_last_error();

    [LibraryImport(Library)]
    private static partial int sweep_initialize();

    [LibraryImport(Library)]
    private static partial int sweep_set_num_threads(int count);

    [LibraryImport(Library)]
    private static partial int sweep_get_num_threads(out int count);

    [LibraryImport(Library)]
    private static partial int sweep_numerics([Out] byte[] buffer, long size);
}
