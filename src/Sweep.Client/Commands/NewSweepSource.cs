using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Grains;
using Sweep.Search;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary>A sweep file on its way to become a sweep: checked, what it names in the store spelt out, its data read. What <c>run</c> and <c>submit</c> share.</summary>
internal sealed class NewSweepSource : IDisposable
{
    private readonly string _path;
    private readonly string _db;
    private readonly IReadOnlyDictionary<string, string> _inputs;

    private NewSweepSource(string path, string db, SweepSpec spec, ITrainings trainings, IReadOnlyDictionary<string, string> inputs) =>
        (_path, _db, Spec, Trainings, _inputs) = (path, db, spec, trainings, inputs);

    public SweepSpec Spec { get; }

    public ITrainings Trainings { get; }

    /// <summary>Reads everything that the sweep needs; writes nothing.</summary>
    /// <exception cref="SweepException">The file has mistakes, or data are missing or bad.</exception>
    public static async Task<NewSweepSource> LoadAsync(string path, string db, CancellationToken cancellationToken)
    {
        var (read, _, warnings) = SpecSource.Load(path);
        foreach (var warning in warnings)
        {
            Terminal.Say(warning.ToString());
        }

        var spec = await ResolveAsync(read!, db, cancellationToken);
        var trainings = Silo.Execution.Trainings.Prepare(spec, Terminal.Say);
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

    /// <summary>Writes the sweep, Pending.</summary>
    /// <param name="fixedName">The name it must have; null for that of the file, with a number when it is taken.</param>
    /// <param name="priority">In place of the file's.</param>
    /// <param name="slots">In place of the file's.</param>
    /// <exception cref="SweepException">The name is taken.</exception>
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
            $"the name {fixedName} is taken in {StoreName.Of(_db)}. To go on with that sweep: sweep resume {fixedName}{StoreName.Option(_db)}");
    }

    public void Dispose() => Trainings.Dispose();

    /// <summary>Before anything is written: what stands for something in the store (<c>schedule: meta</c>, <c>warm_start</c>) is spelt out.</summary>
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
            Terminal.Say(SpecText.Schedule(spec)!);
        }

        return await WarmStart.ResolveAsync(spec, store, SpecSource.Parse, Terminal.Say, cancellationToken);
    }
}
