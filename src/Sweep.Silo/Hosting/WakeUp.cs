namespace Sweep.Silo.Hosting;

/// <summary>Wakes one waiter, now or as soon as it waits; several times before that count once.</summary>
internal sealed class WakeUp
{
    private TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Call() => Volatile.Read(ref _called).TrySetResult();

    /// <summary>Waits for a call, for as long as <paramref name="limit"/>.</summary>
    public async Task WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Volatile.Read(ref _called).Task.WaitAsync(limit, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return;
        }

        // What was called until here is seen by what the waiter does next.
        Volatile.Write(ref _called, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
