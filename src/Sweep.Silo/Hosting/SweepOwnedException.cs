using Sweep.Search;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>A sweep cannot be run here, because a living process runs it.</summary>
public sealed class SweepOwnedException(string sweep, SiloRecord owner) : SweepException(
    $"sweep {sweep} is being run by process {owner.Process.Pid} on {owner.Process.Host}: stop that one first")
{
    public SiloRecord Owner => owner;
}
