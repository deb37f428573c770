using Sweep.Search.Spec;

namespace Sweep.Silo.Execution;

/// <summary>Finds what trains a sweep's trials.</summary>
public static class Trainings
{
    /// <summary>What the task of a valid sweep asks for; libtorch is loaded for training only.</summary>
    /// <param name="say">Told in a line what has to be fetched first.</param>
    /// <exception cref="Sweep.Search.NotFoundException">Data are not on this machine, and cannot be fetched.</exception>
    public static ITrainings Prepare(SweepSpec spec, Action<string> say) =>
        TaskCatalogues.IsFunction(spec) ? new FunctionTrainings(spec, TimeProvider.System) : TorchTrainings.Prepare(spec, say);
}
