namespace Sweep.Search.Settings;

/// <summary>Something that a sweep file picks by its name, with settings of its own: a sampler or a pruner.</summary>
/// <param name="Name">Its name in a sweep file, snake_case.</param>
/// <param name="Description">What it does, for the documentation.</param>
/// <param name="Settings">Its settings, in the order of the documentation.</param>
/// <param name="Create">Makes the product of settings that were validated.</param>
public sealed record Component<TProduct>(string Name, string Description, IReadOnlyList<Setting> Settings, Func<SettingValues, TProduct> Create)
{
    /// <summary>What is wrong with settings that are right one by one; null for nothing.</summary>
    public Func<SettingValues, SettingError?> FindError { get; init; } = _ => null;
}

/// <summary>A setting that does not go with the others.</summary>
/// <param name="Setting">Its name; empty for all of them.</param>
/// <param name="Fallback">The setting whose line is reported where this one is left out.</param>
public sealed record SettingError(string Setting, string Message, string? Fallback = null);
