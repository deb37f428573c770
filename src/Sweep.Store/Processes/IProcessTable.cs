namespace Sweep.Store.Processes;

/// <summary>The machine's processes, as far as a proof of death needs them: a seam, so that every case can be tested.</summary>
public interface IProcessTable
{
    /// <summary>What stands under a pid of this process's own pid namespace.</summary>
    ProcessSight Look(int pid);
}
