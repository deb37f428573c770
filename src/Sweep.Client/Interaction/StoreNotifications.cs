using System.Threading.Channels;
using Sweep.Store;

namespace Sweep.Client.Interaction;

/// <summary>Waits for the store to change: for a hint, where the store gives them, and in any case not long.</summary>
internal sealed class StoreNews : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _listening;

    public StoreNews(IStore store, TimeProvider time)
    {
        _time = time;
        _listening = Task.Run(() => ListenAsync(store));
    }

    /// <summary>Waits for news.</summary>
    /// <returns>False when it was cancelled.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // Not more often than people can read.
            await Task.Delay(Shortest, _time, cancellationToken);
            await _hints.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Without a hint it is time to look too.
        }
        catch (ChannelClosedException)
        {
            await Task.Delay(Longest, _time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !cancellationToken.IsCancellationRequested;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        _end.Dispose();
    }

    private async Task ListenAsync(IStore store)
    {
        try
        {
            await foreach (var _ in store.HintsAsync(_end.Token))
            {
                _hints.Writer.TryWrite(true);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (StoreException)
        {
            // Hints are only hints: without them it is looked every second.
        }
        finally
        {
            _hints.Writer.TryComplete();
        }
    }
}
