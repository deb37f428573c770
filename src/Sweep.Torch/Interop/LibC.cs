using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

/// <summary>The process environment as native libraries see it: .NET's own copy never reaches libc's getenv.</summary>
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

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int unsetenv(string name);
}
