using System.Diagnostics;

namespace Sweep.Client.Tests.Faults;

/// <summary>A disk that is full when checkpoints are to be written: what was not written is trained again once there is room.</summary>
public sealed class DiskFaultTests : IDisposable
{
    private const int Megabytes = 32;

    private readonly string _disk = Directory.CreateTempSubdirectory("sweep-disk-").FullName;
    private bool _isMounted;

    public void Dispose()
    {
        if (_isMounted)
        {
            Run("umount", "-l", _disk);
        }

        Directory.Delete(_disk);
    }

    [RootTheory]
    [InlineData("halving", 3)]
    [InlineData("halving", 12)]
    public async Task FullDisk_GoesOnWhenThereIsRoom(string spec, int epochs)
    {
        Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "tmpfs", _disk);
        _isMounted = true;
        await using var scene = await FaultScene.CreateAsync(StoreKind.Sqlite, FaultTests.SpecOf(spec), folder: _disk);
        var silo = await scene.StartSiloAsync("silo", 2);
        await scene.UntilEpochsAsync(epochs);

        await scene.MarkFaultAsync();
        var ballast = Path.Combine(_disk, "ballast");
        Fill(ballast);
        await silo.LineAsync("no space left");
        File.Delete(ballast);

        await FaultTests.SameAsync(scene, spec, "disk full");
        Assert.False(silo.HasExited);
    }

    private static void Fill(string path)
    {
        var block = new byte[4096];
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // No room for another block.
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
