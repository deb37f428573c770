using System.Collections.Concurrent;

namespace Sweep.Silo.Execution;

/// <summary>
/// A slot's own thread, on which everything that its trial does is run, one turn after another: training never moves between
/// threads and never waits behind the thread pool.
/// </summary>
internal sealed class SlotScheduler : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _turns = [];
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
        _turns.CompleteAdding();
        _thread.Join();
        _turns.Dispose();
    }

    protected override IEnumerable<Task> GetScheduledTasks() => _turns.ToArray();

    protected override void QueueTask(Task task) => _turns.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Thread.CurrentThread == _thread && !taskWasPreviouslyQueued && TryExecuteTask(task);

    private void RunTurns()
    {
        foreach (var turn in _turns.GetConsumingEnumerable())
        {
            TryExecuteTask(turn);
        }
    }
}
