using System.Diagnostics.CodeAnalysis;

namespace Sweep.Silo.Execution;

/// <summary>
/// A slot's own thread, on which everything that its trial does is run, one turn after another: training never moves between
/// threads and never waits behind the thread pool.
/// </summary>
internal sealed class SlotScheduler : TaskScheduler, IDisposable
{
    // A plain queue: a blocking collection spins before it waits, on cores that others train on.
    private readonly Queue<Task> _turns = [];
    private bool _isClosed;
    private readonly Thread _thread;

    public SlotScheduler(string name)
    {
        _thread = new Thread(RunTurns) { Name = name, IsBackground = true };
        _thread.Start();
    }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs the work on this thread; its continuations come back here.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void Dispose()
    {
        lock (_turns)
        {
            _isClosed = true;
            Monitor.Pulse(_turns);
        }

        _thread.Join();
    }

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_turns)
        {
            return [.. _turns];
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_turns)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            _turns.Enqueue(task);
            Monitor.Pulse(_turns);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Thread.CurrentThread == _thread && !taskWasPreviouslyQueued && TryExecuteTask(task);

    private void RunTurns()
    {
        while (TryTake(out var turn))
        {
            TryExecuteTask(turn);
        }
    }

    /// <summary>Waits for the next turn; false when there will be none.</summary>
    private bool TryTake([NotNullWhen(true)] out Task? turn)
    {
        lock (_turns)
        {
            while (_turns.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_turns);
            }

            return _turns.TryDequeue(out turn);
        }
    }
}
