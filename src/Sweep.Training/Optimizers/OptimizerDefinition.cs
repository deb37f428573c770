using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Optimizers;

/// <summary>An optimizer that a sweep file can name.</summary>
/// <param name="Name">Its name there (optimizer).</param>
/// <param name="Description">One line for the documentation, with the source.</param>
/// <param name="Kind">The update rule.</param>
/// <param name="Settings">Its settings (optimizer.*).</param>
/// <param name="Options">From settings to the rule's numbers.</param>
public sealed record OptimizerDefinition(
    string Name,
    string Description,
    OptimizerKind Kind,
    IReadOnlyList<Setting> Settings,
    Func<SettingValues, OptimizerOptions> Options)
{
    /// <summary>η when a sweep file gives none: PyTorch's default, or the paper's.</summary>
    public double DefaultRate { get; init; } = 1e-3;

    /// <summary>Each step sees the whole training set, whatever the batch size.</summary>
    public bool FullBatch { get; init; }

    /// <summary>It averages its iterates in place of a falling rate: only a constant rate, with or without a warm-up, goes with it.</summary>
    public bool ScheduleFree { get; init; }

    /// <summary>The optimizer over these parameters; its rate is set before each step.</summary>
    public torch.optim.Optimizer Create(FlatParameters parameters, SettingValues values) => new(Kind, parameters, DefaultRate, Options(values));
}
