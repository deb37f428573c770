using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>One connection, opened when it is first used, and again after it broke. Not for several at once.</summary>
internal sealed class PostgresSession(PostgresUrl url, string connectionString, TimeProvider time, Func<NpgsqlConnection, CancellationToken, Task>? enter = null)
    : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private NpgsqlConnection? connection;
    private TimeSpan pause = ShortestPause;

    public PostgresUrl Url => url;

    /// <summary>The connection, open; one attempt.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (connection is { State: System.Data.ConnectionState.Open } open)
        {
            return open;
        }

        await BreakAsync();
        var fresh = new NpgsqlConnection(connectionString);
        try
        {
            await fresh.OpenAsync(cancellationToken);
            if (enter is not null)
            {
                await enter(fresh, cancellationToken);
            }
        }
        catch
        {
            await fresh.DisposeAsync();
            throw;
        }

        pause = ShortestPause;
        connection = fresh;
        return fresh;
    }

    /// <summary>Gives the connection up: the next use opens another one.</summary>
    public async ValueTask BreakAsync()
    {
        if (Interlocked.Exchange(ref connection, null) is { } broken)
        {
            try
            {
                await broken.DisposeAsync();
            }
            catch (Exception e) when (PostgresFailures.IsAway(e))
            {
                // It is given up because it broke.
            }
        }
    }

    /// <summary>Waits before the next attempt, longer each time that none succeeded between.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        var wait = pause;
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        await Task.Delay(wait, time, cancellationToken);
    }

    public ValueTask DisposeAsync() => BreakAsync();
}
