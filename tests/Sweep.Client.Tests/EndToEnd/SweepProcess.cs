using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>The real command line in a process of its own.</summary>
internal sealed class SweepProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Channel<string> _errorLines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _errors = new();
    private readonly Task<string> _output;
    private readonly Task _errorsRead;

    private SweepProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errorsRead = ReadErrorsAsync();
    }

    public int Pid => _process.Id;

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "sweep.dll");

    /// <summary>Starts the command; environment variables of ours that would change it are taken out.</summary>
    public static SweepProcess Start(string folder, IReadOnlyDictionary<string, string?>? environment, params string[] arguments) =>
        StartProgram("dotnet", folder, environment, [Program, .. arguments]);

    /// <summary>Runs a shell command in which <c>sweep</c> is the command.</summary>
    public static async Task<Finished> ShellAsync(string folder, string command)
    {
        using var process = StartProgram("bash", folder, null, ["-c", $"sweep() {{ dotnet '{Program}' \"$@\"; }}; {command}"]);
        return await process.EndAsync();
    }

    private static SweepProcess StartProgram(string program, string folder, IReadOnlyDictionary<string, string?>? environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("SWEEP_DB");
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return new SweepProcess(Process.Start(start)!);
    }

    /// <summary>Runs the command to its end.</summary>
    public static async Task<Finished> RunAsync(string folder, params string[] arguments)
    {
        using var process = Start(folder, null, arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for a line on standard error.</summary>
    public async Task<string> LineAsync(string containing)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await foreach (var line in _errorLines.Reader.ReadAllAsync(patience.Token))
            {
                if (line.Contains(containing, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"no line with '{containing}' came; so far:\n{_errors}", e);
        }

        throw new InvalidOperationException($"the process ended without a line with '{containing}':\n{_errors}");
    }

    public bool HasExited => _process.HasExited;

    public void Kill() => _process.Kill();

    public void Signal(PosixSignal signal)
    {
        var number = signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGTERM => 15, _ => throw new ArgumentOutOfRangeException(nameof(signal)) };
        Assert.True(SendSignal(_process.Id, number) == 0 || _process.HasExited);
    }

    /// <summary>Sends a signal that .NET has no name for.</summary>
    /// <param name="name">STOP or CONT.</param>
    public void Signal(string name) => Assert.Equal(0, SendSignal(_process.Id, name switch { "STOP" => 19, "CONT" => 18, _ => throw new ArgumentOutOfRangeException(nameof(name)) }));

    public async Task<Finished> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            _process.Kill();
            throw new TimeoutException($"the process did not end; so far:\n{_errors}", e);
        }

        await _errorsRead;
        return new Finished(_process.ExitCode, await _output, _errors.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _errors.AppendLine(line);
            _errorLines.Writer.TryWrite(line);
        }

        _errorLines.Writer.Complete();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);

    /// <summary>A process that ended.</summary>
    internal sealed record Finished(int ExitCode, string Output, string Errors);
}
