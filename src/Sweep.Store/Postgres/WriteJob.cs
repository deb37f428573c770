namespace Sweep.Store.Postgres;

/// <summary>Something queued for the writer: all or nothing, and able to run again when it was undone.</summary>
internal abstract class WriteJob(CancellationToken cancellationToken)
{
    private const int Queued = 0;
    private const int Pinned = 1;
    private const int Over = 2;

    private CancellationTokenRegistration registration;
    private int state;

    /// <summary>From now on it leaves the queue when it is canceled.</summary>
    public void Watch()
    {
        if (cancellationToken.CanBeCanceled)
        {
            registration = cancellationToken.UnsafeRegister(static job => ((WriteJob)job!).DropIfQueued(), this);
        }
    }

    /// <summary>Keeps it from being canceled while it is on its way; false when it was canceled before.</summary>
    public bool TryPin() => Interlocked.CompareExchange(ref state, Pinned, Queued) is Queued or Pinned;

    /// <summary>The database is away: it may be canceled again.</summary>
    public void Unpin()
    {
        Interlocked.CompareExchange(ref state, Queued, Pinned);
        if (cancellationToken.IsCancellationRequested)
        {
            DropIfQueued();
        }
    }

    public void Fail(Exception exception)
    {
        if (End())
        {
            OnFailed(exception);
        }
    }

    protected bool End()
    {
        if (Interlocked.Exchange(ref state, Over) == Over)
        {
            return false;
        }

        registration.Dispose();
        return true;
    }

    protected abstract void OnFailed(Exception exception);

    protected abstract void OnCanceled(CancellationToken token);

    private void DropIfQueued()
    {
        if (Interlocked.CompareExchange(ref state, Over, Queued) == Queued)
        {
            OnCanceled(cancellationToken);
        }
    }
}

/// <inheritdoc cref="WriteJob"/>
internal abstract class WriteJob<T>(CancellationToken cancellationToken) : WriteJob(cancellationToken)
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => completion.Task;

    /// <summary>It is durable.</summary>
    public void Succeed(T result)
    {
        if (End())
        {
            completion.SetResult(result);
        }
    }

    protected override void OnFailed(Exception exception) => completion.SetException(exception);

    protected override void OnCanceled(CancellationToken token) => completion.SetCanceled(token);
}
