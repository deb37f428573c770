using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Grains;
using Sweep.Search;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary>A sweep file that is checked and resolved against the store, with its data loaded. Used by <c>run</c> and <c>submit</c>.</summary>
internal sealed class NewSweepSource : IDisposable
{
    private readonly string _path;
    private readonly string _db;
    private readonly IReadOnlyDictionary<string, string> _inputs;

    private NewSweepSource(string path, string db, SweepSpec spec, ITrainings trainings, IReadOnlyDictionary<string, string> inputs) =>
        (_path, _db, Spec, Trainings, _inputs) = (path, db, spec, trainings, inputs);

    public SweepSpec Spec { get; }

    public ITrainings Trainings { get; }

    /// <summary>Loads the file and its data; writes nothing.</summary>
    /// <exception cref="SweepException">The file has errors, or data are missing or invalid.</exception>
    public static async Task<NewSweepSource> LoadAsync(string path, string db, CancellationToken cancellationToken)
    {
        var (read, _, warnings) = SpecSource.Load(path);
        foreach (var warning in warnings)
        {
            Terminal.Info(warning.ToString());
        }

        var spec = await ResolveAsync(read!, db, cancellationToken);
        var trainings = Silo.Execution.Trainings.Prepare(spec, Terminal.Info);
        try
        {
            return new NewSweepSource(path, db, spec, trainings, await trainings.LoadInputsAsync(cancellationToken));
        }
        catch
        {
            trainings.Dispose();
            throw;
        }
    }

    /// <summary>Creates the sweep in state Pending.</summary>
    /// <param name="fixedName">The required name; null for the name in the file, with a suffix if it is in use.</param>
    /// <param name="priority">Overrides the value of the file.</param>
    /// <param name="slots">Overrides the value of the file.</param>
    /// <exception cref="SweepException">The name is in use.</exception>
    public async Task<SweepRecord> CreateAsync(IStore store, string? fixedName, int? priority = null, int? slots = null)
    {
        var created = await store.CreateSweepAsync(
            new NewSweep(
                fixedName ?? Spec.Name, fixedName is not null, Spec.Source, Path.GetFullPath(_path), Spec.Search.Seed, SweepSearch.SearchVersion,
                Spec.Objectives[0].Goal == ObjectiveGoal.Maximize, _inputs)
            {
                Placement = Spec.Placement with { Priority = priority ?? Spec.Placement.Priority, Slots = slots ?? Spec.Placement.Slots },
            },
            CancellationToken.None);
        return created.Sweep ?? throw new SweepException(
            $"the name {fixedName} is in use in {StoreName.Of(_db)}. To resume that sweep: sweep resume {fixedName}{StoreName.Option(_db)}");
    }

    public void Dispose() => Trainings.Dispose();

    /// <summary>Resolves references to other sweeps of the store (<c>schedule: meta</c>, <c>warm_start</c>).</summary>
    private static async Task<SweepSpec> ResolveAsync(SweepSpec spec, string db, CancellationToken cancellationToken)
    {
        if (spec.Meta is not { Schedule: null } && spec.Search.WarmStart is null)
        {
            return spec;
        }

        await using var store = CommandHost.MayExist(db) ? await CommandHost.OpenForReadingAsync(db, cancellationToken) : null;
        if (spec.Meta is { Schedule: null })
        {
            spec = await MetaSchedule.ResolveAsync(spec, store, TrainingCatalogue.Create(), cancellationToken);
            Terminal.Info(SpecText.Schedule(spec)!);
        }

        return await WarmStart.ResolveAsync(spec, store, SpecSource.Parse, Terminal.Info, cancellationToken);
    }
}
