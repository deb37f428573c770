using Sweep.Search;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>Makes sweeps ready from what the store keeps of them, for a silo that was told nothing else.</summary>
/// <param name="say">Told in a line what has to be fetched first.</param>
public sealed class StoredSweeps(Action<string> say) : ISweepPreparer
{
    /// <inheritdoc/>
    /// <remarks>Also refused: data that are not those of the sweep, and a sweep that another version of the search began.</remarks>
    public async Task<SweepWork> PrepareAsync(SweepRecord sweep, CancellationToken cancellationToken)
    {
        if (sweep.SearchVersion != SweepSearch.SearchVersion)
        {
            throw new SweepException($"it was searched by version {sweep.SearchVersion} of the search, this silo has version {SweepSearch.SearchVersion}");
        }

        var spec = Parse(sweep);

        // Not on the thread that looks after the store: loading takes a while.
        return await Task.Run(
            async () =>
            {
                var trainings = Trainings.Prepare(spec, say);
                try
                {
                    CheckInputs(sweep, await trainings.LoadInputsAsync(cancellationToken));
                    return new SweepWork(sweep, spec, trainings, trainings.NumericsProfile);
                }
                catch
                {
                    trainings.Dispose();
                    throw;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Release(SweepWork work) => (work.Trainings as IDisposable)?.Dispose();

    /// <summary>Trials of one sweep must have trained on the same data to be compared.</summary>
    /// <exception cref="SweepException">They are not.</exception>
    public static void CheckInputs(SweepRecord sweep, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var (file, hash) in sweep.Inputs.Where(input => !input.Key.StartsWith(TrialTest.TestPrefix, StringComparison.Ordinal)))
        {
            if (!inputs.TryGetValue(file, out var now) || now != hash)
            {
                throw new SweepException(
                    $"the data of sweep {sweep.Name} changed since it began: {file} had SHA-256 {hash[..12]}…, now {(now is null ? "it is not read" : now[..12] + "…")}");
            }
        }
    }

    private static SweepSpec Parse(SweepRecord sweep)
    {
        var result = SpecReader.Read(sweep.SpecText, sweep.SpecFile, TaskCatalogues.Create);
        var errors = result.Spec is null ? result.Errors : TaskCatalogues.Check(result.Spec);
        return errors.Count == 0 ? result.Spec! : throw new SweepException($"its sweep file is not valid here: {errors[0]}");
    }
}
