using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>Hints over NOTIFY and LISTEN.</summary>
internal sealed class PostgresHints(PostgresReader sender, PostgresUrl url, string connectionString, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A notification holds a lock of the whole database while it is committed: there are no more than 20 a second.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Silence after which the listening connection is tried.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <summary>How long hints have to reach the database when the store is closed.</summary>
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(1);

    private const string Channel = "sweep_hints";
    private const string Notify = $"SELECT pg_notify('{Channel}', p) FROM unnest($1::text[]) AS p";

    private readonly Lock gate = new();
    private readonly HashSet<StoreHint> pending = [];
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationTokenSource givenUp = new();
    private Task sending = Task.CompletedTask;

    /// <summary>Sends a hint, soon: those that come quickly go out together. Not on the caller's thread, which may be a slot's, that trains, and ends.</summary>
    public void Send(StoreHint hint)
    {
        lock (gate)
        {
            if (pending.Add(hint) && sending.IsCompleted && !closing.IsCancellationRequested)
            {
                sending = Task.Run(SendPendingAsync);
            }
        }
    }

    public async IAsyncEnumerable<StoreHint> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing.Token);
        await using var session = new PostgresSession(url, connectionString, time);
        var arrived = new Queue<StoreHint>();
        NpgsqlConnection? listening = null;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var connection = await session.OpenAsync(stop.Token);
                if (connection != listening)
                {
                    connection.Notification += (_, notification) => arrived.Enqueue(Read(notification.Payload));
                    await RunAsync(connection, $"LISTEN {Channel}", stop.Token);
                    listening = connection;

                    // What was sent before is lost.
                    arrived.Enqueue(new StoreHint(StoreHintKind.Any, null));
                }
                else if (!await connection.WaitAsync(Silence, stop.Token))
                {
                    await RunAsync(connection, "SELECT 1", stop.Token);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                listening = null;
                await session.BreakAsync();
                await Task.WhenAny(session.PauseAsync(stop.Token));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }

            while (arrived.TryDequeue(out var hint))
            {
                yield return hint;
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        Task last;
        lock (gate)
        {
            last = sending;
        }

        // The last hint is often that a sweep is over.
        await Task.WhenAny(last, Task.Delay(ClosingTime, time));
        await givenUp.CancelAsync();
        await last;
    }

    private static StoreHint Read(string payload)
    {
        var parts = payload.Split(':', 2);
        return new StoreHint(
            Enum.TryParse<StoreHintKind>(parts[0], ignoreCase: true, out var kind) ? kind : StoreHintKind.Any,
            parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sweep) ? sweep : null);
    }

    private static string Write(StoreHint hint) =>
        string.Create(CultureInfo.InvariantCulture, $"{hint.Kind.ToString().ToLowerInvariant()}:{hint.SweepId}");

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Sends what is pending, and what comes while an interval passes; ends when there is nothing.</summary>
    private async Task SendPendingAsync()
    {
        try
        {
            while (true)
            {
                string[] payloads;
                lock (gate)
                {
                    if (pending.Count == 0)
                    {
                        sending = Task.CompletedTask;
                        return;
                    }

                    payloads = [.. pending.Select(Write)];
                    pending.Clear();
                }

                await sender.ReadAllAsync(Notify, row => 0, givenUp.Token, Sql.Arg(payloads));
                await Task.WhenAny(Task.Delay(Interval, time, closing.Token));
            }
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException or ObjectDisposedException)
        {
            // Hints get lost: who waits for them looks every second.
            lock (gate)
            {
                pending.Clear();
                sending = Task.CompletedTask;
            }
        }
    }
}
