using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

/// <summary>The C library: the environment as native libraries see it (.NET's own copy never reaches getenv), and their memory.</summary>
internal static partial class LibC
{
    public static void Set(string name, string value)
    {
        if (setenv(name, value, 1) != 0)
        {
            throw new InvalidOperationException($"{name} could not be set in the environment");
        }
    }

    public static void Unset(string name) => _ = unsetenv(name);

    /// <summary>Gives memory that native code has freed back to the system.</summary>
    public static void Trim() => _ = malloc_trim(0);

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);
}
