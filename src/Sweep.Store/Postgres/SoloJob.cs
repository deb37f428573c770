namespace Sweep.Store.Postgres;

/// <summary>A write that has a transaction for itself, in as many round trips as it needs.</summary>
internal interface ISoloJob
{
    /// <summary>Whether it is one statement that may be sent twice: it needs no transaction and is not looked up.</summary>
    bool IsPlain { get; }

    Task ExecuteAsync(PostgresTransaction transaction);

    /// <summary>It is durable.</summary>
    void Succeed();
}

/// <inheritdoc cref="ISoloJob"/>
internal sealed class SoloJob<T>(Func<PostgresTransaction, Task<T>> work, CancellationToken cancellationToken, bool isPlain = false)
    : WriteJob<T>(cancellationToken), ISoloJob
{
    private T? result;

    public bool IsPlain => isPlain;

    public async Task ExecuteAsync(PostgresTransaction transaction) => result = await work(transaction);

    public void Succeed() => Succeed(result!);
}
