using System.Diagnostics;

namespace Sweep.Torch.Tests;

/// <summary>The shim's build against a libtorch of one's own: LIBTORCH=/path. Configured only: a whole build takes minutes.</summary>
public sealed class LibtorchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sweep-libtorch").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Configure_WithAFolderThatHasNone_SaysSo()
    {
        var (status, output) = Configure(_folder);
        Assert.NotEqual(0, status);
        Assert.Contains($"LIBTORCH={_folder} holds no libtorch", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_WithAnOlderOne_NamesItsVersion()
    {
        var config = Directory.CreateDirectory(Path.Combine(_folder, "share", "cmake", "Torch")).FullName;
        File.WriteAllText(Path.Combine(config, "TorchConfig.cmake"), "set(TORCH_FOUND TRUE)\n");
        File.WriteAllText(Path.Combine(config, "TorchConfigVersion.cmake"), "set(PACKAGE_VERSION 1.12.1)\nset(PACKAGE_VERSION_COMPATIBLE TRUE)\n");
        var (status, output) = Configure(_folder);
        Assert.NotEqual(0, status);
        Assert.Contains($"LIBTORCH={_folder} holds libtorch 1.12.1, which is older than 1.13", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_WithACopyOfTheSystems_TakesTheCopy()
    {
        // Debian's layout, by links; the CMake files say where they are by their own place, so they are copied.
        var system = Directory.GetDirectories("/usr/lib", "*-linux-gnu").FirstOrDefault(d => File.Exists(Path.Combine(d, "libtorch.so")));
        if (system is null)
        {
            return;
        }
        var libraries = Directory.CreateDirectory(Path.Combine(_folder, "lib", Path.GetFileName(system))).FullName;
        foreach (var file in Directory.GetFiles(system, "libtorch*").Concat(Directory.GetFiles(system, "libc10*")))
        {
            File.CreateSymbolicLink(Path.Combine(libraries, Path.GetFileName(file)), file);
        }
        foreach (var part in (string[])["Torch", "Caffe2", "ATen"])
        {
            Copy(Path.Combine(system, "cmake", part), Path.Combine(libraries, "cmake", part));
        }
        Directory.CreateSymbolicLink(Path.Combine(_folder, "include"), "/usr/include");
        var (status, output) = Configure(_folder);
        Assert.True(status == 0, output);
        var cache = File.ReadAllLines(Path.Combine(_folder, "build", "CMakeCache.txt"));
        Assert.Contains($"Torch_DIR:PATH={libraries}/cmake/Torch", cache);
        Assert.Contains($"TORCH_LIBRARY:FILEPATH={libraries}/libtorch.so", cache);
    }

    private (int Status, string Output) Configure(string libtorch)
    {
        var start = new ProcessStartInfo("cmake") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-S", Sources(), "-B", Path.Combine(_folder, "build"), $"-DLIBTORCH={libtorch}"])
        {
            start.ArgumentList.Add(argument);
        }
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // CMake breaks the lines of its messages.
        return (process.ExitCode, string.Join(' ', (output + errors.Result).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
    }

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sweep.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the tests do not run inside the repository");
        }
        return Path.Combine(folder.FullName, "src", "Sweep.Torch", "native");
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
        foreach (var folder in Directory.GetDirectories(from))
        {
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }
}
