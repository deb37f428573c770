using System.Threading.Channels;
using Sweep.Store;

namespace Sweep.Client.Interaction;

/// <summary>Waits for changes of the store: for a notification if the store sends them, and at most <see cref="MaxWait"/>.</summary>
internal sealed class StoreNotifications : IAsyncDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<bool> _notifications = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _listening;

    public StoreNotifications(IStore store, TimeProvider time)
    {
        _time = time;
        _listening = Task.Run(() => ListenAsync(store));
    }

    /// <summary>Waits for the next notification.</summary>
    /// <returns>False when it was cancelled.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MaxWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A display is not refreshed more often than it can be read.
            await Task.Delay(MinWait, _time, cancellationToken);
            await _notifications.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The maximum wait is over: the caller reads the store.
        }
        catch (ChannelClosedException)
        {
            await Task.Delay(MaxWait, _time, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
                _notifications.Writer.TryWrite(true);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (StoreException)
        {
            // Notifications are optional: without them the store is read every second.
        }
        finally
        {
            _notifications.Writer.TryComplete();
        }
    }
}
