namespace Sweep.Store.Sqlite;

/// <summary>Something queued for the writer: all or nothing, and able to run again when the batch around it is rolled back.</summary>
internal abstract class WriteJob
{
    /// <summary>Takes the job out of the queue for good when nobody wants it any more.</summary>
    public abstract bool DropIfCanceled();

    public abstract void Execute(WriteSession session);

    /// <summary>It is durable.</summary>
    public abstract void Succeed();

    /// <summary>It is rolled back.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc cref="WriteJob"/>
internal sealed class WriteJob<T>(Func<WriteSession, T> work, CancellationToken cancellationToken) : WriteJob
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Task => completion.Task;

    public override bool DropIfCanceled() => cancellationToken.IsCancellationRequested && completion.TrySetCanceled(cancellationToken);

    public override void Execute(WriteSession session) => result = work(session);

    public override void Succeed() => completion.SetResult(result!);

    public override void Fail(Exception exception) => completion.SetException(exception);
}
