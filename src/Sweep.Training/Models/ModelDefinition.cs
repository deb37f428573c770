using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>A model that a sweep file can name.</summary>
/// <param name="Name">Its name there (task.model).</param>
/// <param name="Description">One line for the documentation.</param>
/// <param name="Settings">Its settings (task.*).</param>
/// <param name="Build">Inputs, outputs, settings and generator to an initialised module; the caller owns it.</param>
public sealed record ModelDefinition(
    string Name,
    string Description,
    IReadOnlyList<Setting> Settings,
    Func<long, long, SettingValues, torch.Generator, torch.nn.Module> Build)
{
    /// <summary>What is wrong with settings that are right one by one, whatever the data; null for nothing.</summary>
    public Func<SettingValues, ModelError?> FindError { get; init; } = _ => null;

    /// <summary>Whether it can be trained in bfloat16: what goes through autograd cannot.</summary>
    public Func<SettingValues, bool> HasBFloat16 { get; init; } = _ => true;
}
