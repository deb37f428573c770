using Sweep.Grains;

namespace Sweep.Silo.Execution;

/// <summary>What a sweep's trials are trained with in this process.</summary>
public interface ITrainings : ITrainingFactory, IDisposable
{
    /// <summary>What results depend on to the last bit, recorded with every trial. May wait for what computes them to be loaded.</summary>
    string NumericsProfile { get; }

    /// <summary>Waits for what trials need before they start, and gives the SHA-256 of each file that was read.</summary>
    /// <exception cref="Sweep.Search.SweepException">A file is bad.</exception>
    Task<IReadOnlyDictionary<string, string>> LoadInputsAsync(CancellationToken cancellationToken);
}
