using System.Diagnostics;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Testing.Stores;

/// <summary>A process that a test started, and ends at the latest when the test does.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public int ExitCode => process.ExitCode;

    /// <summary>Starts the test assembly's own program.</summary>
    public static ChildProcess Start(params string[] args) => Run("dotnet", [typeof(ChildProcess).Assembly.Location, .. args]);

    public static ChildProcess Run(string program, params string[] args) => new(Process.Start(new ProcessStartInfo(program, args)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!);

    /// <summary>Its next line, or null at its end.</summary>
    public Task<string?> ReadLineAsync() => process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>The rest of what it prints.</summary>
    public async Task<IReadOnlyList<string>> ReadLinesAsync()
    {
        var text = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async Task<string> ReadErrorsAsync() => await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));

    public void WriteLine(string text)
    {
        process.StandardInput.WriteLine(text);
        process.StandardInput.Flush();
    }

    public async Task EndAsync() => await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>SIGKILL, and waits for the end.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await EndAsync();
    }

    /// <summary>Sends a signal by its name, such as STOP.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Run("kill", $"-{name}", $"{Id}");
        await kill.EndAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>How a silo in this process would name itself.</summary>
    public ProcessIdentity Identity() =>
        ProcessIdentities.Current() with { Pid = Id, StartTime = ProcessTable.ReadStat($"{Id}")!.StartTime };

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
