using Sweep.Grains;
using Sweep.Search.Spec;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>A sweep as this process can run it: its spec, its data loaded, what trains its trials.</summary>
/// <param name="NumericsProfile">The kernels that trials compute with here.</param>
public sealed record SweepWork(SweepRecord Sweep, SweepSpec Spec, ITrainingFactory Trainings, string NumericsProfile);
