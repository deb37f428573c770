using System.Runtime.InteropServices;
using Sweep.Grains;
using Sweep.Search.Functions;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Execution;

/// <summary>Trials that compute a built-in function. There is no test set, and nothing to load.</summary>
public sealed class FunctionTrainings(SweepSpec spec, TimeProvider time) : ITrainings
{
    private readonly BuiltInFunction _function = FunctionCatalogue.Of(spec);

    /// <inheritdoc/>
    public string NumericsProfile { get; } = $".NET {Environment.Version} {RuntimeInformation.ProcessArchitecture}".ToLowerInvariant();

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, string>> LoadInputsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    /// <inheritdoc/>
    public ITraining Start(TrialRecord trial, Checkpoint? checkpoint)
    {
        var configuration = Configuration.Parse(trial.Parameters);
        double Setting(string name) => configuration.TryGet("task." + name, out var own) ? own.AsReal
            : spec.Task.Settings.TryGetValue(name, out var given) ? given.AsReal
            : 0;

        var noise = Setting(FunctionCatalogue.Noise);
        return new FunctionTraining(
            step => _function.At(configuration, step, noise, spec.Search.Seed, trial.Number, trial.Replicate),
            TimeSpan.FromSeconds(Setting(FunctionCatalogue.Sleep)),
            checkpoint?.Epoch ?? 0,
            time);
    }

    public void Dispose()
    {
    }
}
