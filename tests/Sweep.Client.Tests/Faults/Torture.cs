using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using Sweep.Search.Trials;
using Sweep.Client.Tests.EndToEnd;
using Sweep.Testing;

namespace Sweep.Client.Tests.Faults;

/// <summary>Makes faults, one after another, drawn from a seed: which, on which silo, and after how long.</summary>
internal sealed class Torture(FaultScene scene, int seed) : IAsyncDisposable
{
    private const int MostSilos = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly Random _random = new(seed);
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<(string Name, SweepProcess Process)> _silos = [];
    private readonly List<Task> _later = [];
    private readonly List<string> _log = [];
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _relent = new();
    private int _started;

    /// <summary>Silos that ended though nobody asked them to: there is no fault here that may end one.</summary>
    public List<string> Lost { get; } = [];

    public async Task RunAsync(TimeSpan length)
    {
        await StartAsync();
        await StartAsync();
        while (_watch.Elapsed < length && !await IsOverAsync())
        {
            await PassAsync(LongestPause * _random.NextDouble());
            await FindLostAsync();
            await (_silos.Count == 0 ? StartAsync() : ActAsync());
        }
    }

    /// <summary>No more faults: what is stopped goes on, and somebody is there.</summary>
    public async Task RelentAsync()
    {
        await _relent.CancelAsync();
        await Task.WhenAll(_later);
        await FindLostAsync();
        await StartAsync();
        Note("no more faults");
    }

    public string Report() =>
        $"seed {seed}: {string.Join(", ", _counts.Select(c => $"{c.Value} {c.Key}"))}; over after {_watch.Elapsed.TotalSeconds:F0} s\n{string.Join('\n', _log)}";

    public async ValueTask DisposeAsync()
    {
        await _relent.CancelAsync();
        await Task.WhenAll(_later);
        _relent.Dispose();
    }

    private Task ActAsync() => _random.Next(scene.Kind == StoreKind.Sqlite ? 12 : 20) switch
    {
        < 3 => KillAsync(),
        < 6 => HaltAsync(),
        < 8 => DrainAsync(),
        < 12 => StartAsync(),
        12 or 13 => RestartServerAsync("server stopped", scene.Server.StopAsync),
        14 or 15 => RestartServerAsync("server killed", scene.Server.Kill9Async),
        16 => CutConnectionsAsync(),
        17 or 18 => CutAnswerAsync(),
        _ => FreezeAsync(),
    };

    private async Task StartAsync()
    {
        if (_silos.Count >= MostSilos)
        {
            return;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"s{++_started}");
        var slots = _random.Next(1, 4);
        var behind = scene.Proxy is not null && _random.Next(2) == 0;
        Note(behind ? "silo started behind the proxy" : "silo started", name);
        var process = scene.BeginSilo(name, slots, behind ? scene.DbBehindProxy : scene.Db);
        await scene.UntilAsync(async () => process.HasExited || await scene.IsRegisteredAsync(name));
        if (process.HasExited && behind)
        {
            // Whoever starts it learns that it cannot reach its store: only one that ran must go on by itself.
            Note("silo did not start", $"{name}: {(await process.EndAsync()).Errors.ReplaceLineEndings(" ")}");
            return;
        }

        _silos.Add((name, process));
    }

    private Task KillAsync()
    {
        var (name, process) = Take();
        Note("silo killed", name);
        process.Kill();
        return Task.CompletedTask;
    }

    /// <summary>Stopped for a while, often past its lease; killed in its sleep one time in four.</summary>
    private Task HaltAsync()
    {
        var victim = _silos[_random.Next(_silos.Count)];
        var length = FaultScene.Lease * 2.5 * _random.NextDouble();
        var dies = _random.Next(4) == 0;
        if (dies)
        {
            _silos.Remove(victim);
        }

        Note(dies ? "silo stopped, then killed" : "silo stopped, then continued", string.Create(CultureInfo.InvariantCulture, $"{victim.Name} for {length.TotalSeconds:F1} s"));
        victim.Process.Signal("STOP");
        _later.Add(LaterAsync(length, () =>
        {
            if (dies)
            {
                victim.Process.Kill();
            }
            else if (!victim.Process.HasExited)
            {
                victim.Process.Signal("CONT");
            }
        }));
        return Task.CompletedTask;
    }

    private Task DrainAsync()
    {
        var (name, process) = Take();
        Note("silo drained", name);
        process.Signal(PosixSignal.SIGTERM);
        return Task.CompletedTask;
    }

    private async Task RestartServerAsync(string fault, Func<Task> end)
    {
        var length = FaultScene.Lease * 1.5 * _random.NextDouble();
        Note(fault, string.Create(CultureInfo.InvariantCulture, $"for {length.TotalSeconds:F1} s"));
        await end();
        await PassAsync(length);
        await scene.Server.StartAsync();
    }

    private async Task CutConnectionsAsync()
    {
        Note("connections cut");
        await using var connection = await scene.Server.ConnectAsync(PostgresServer.NameOf(scene.Db));
        await using var cut = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'sweep%'", connection);
        await cut.ExecuteNonQueryAsync();
    }

    private Task CutAnswerAsync()
    {
        Note("answer lost");
        scene.Proxy!.CutNextAnswer();
        return Task.CompletedTask;
    }

    private Task FreezeAsync()
    {
        var length = FaultScene.Lease * 2 * _random.NextDouble();
        Note("network gone", string.Create(CultureInfo.InvariantCulture, $"for {length.TotalSeconds:F1} s"));
        scene.Proxy!.Freeze();
        _later.Add(LaterAsync(length, scene.Proxy.Thaw));
        return Task.CompletedTask;
    }

    private (string Name, SweepProcess Process) Take()
    {
        var victim = _silos[_random.Next(_silos.Count)];
        _silos.Remove(victim);
        return victim;
    }

    private async Task LaterAsync(TimeSpan length, Action then)
    {
        await PassAsync(length);
        then();
    }

    /// <summary>
    /// Real time, or less when no more faults are wanted: how long a fault lasts is drawn, shorter or longer than a lease, between processes that live by
    /// their own clocks. There is nothing to wait for that would not make the length depend on what the silos do.
    /// </summary>
    private Task PassAsync(TimeSpan length) => Task.WhenAny(Task.Delay(length, _relent.Token));

    private async Task FindLostAsync()
    {
        foreach (var silo in _silos.Where(s => s.Process.HasExited).ToList())
        {
            _silos.Remove(silo);
            var ended = await silo.Process.EndAsync();
            Lost.Add($"{silo.Name} after {_watch.Elapsed.TotalSeconds:F1} s, exit code {ended.ExitCode}:\n{ended.Errors}");
        }
    }

    private async Task<bool> IsOverAsync()
    {
        var over = false;
        await scene.UntilAsync(async () =>
        {
            over = TrialStates.IsOver((await scene.Store.FindSweepAsync(scene.Sweep.Name, default))!.State);
            return true;
        });
        return over;
    }

    private void Note(string fault, string detail = "")
    {
        _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
        _log.Add(string.Create(CultureInfo.InvariantCulture, $"  {_watch.Elapsed.TotalSeconds,6:F1} s  {fault} {detail}"));
    }
}
