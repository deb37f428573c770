using Sweep.Search.Settings;

namespace Sweep.Search.Spec;

/// <summary>Things of one sort of which a trial has one (optimizers, schedules, models), each with settings of its own.</summary>
/// <param name="Selector">The setting that picks one: <c>optimizer</c>, <c>schedule</c>, <c>task.model</c>.</param>
/// <param name="Prefix">What the names of the settings begin with in a sweep file: <c>optimizer.</c>, <c>schedule.</c>, <c>task.</c>.</param>
/// <param name="Default">The one taken when the selector is left out; null when it must be given.</param>
/// <param name="Members">Name to settings. A setting that several members have may differ in range and default.</param>
public sealed record CatalogueFamily(
    string Selector, string Prefix, string? Default, IReadOnlyDictionary<string, IReadOnlyList<Setting>> Members)
{
    /// <summary>Nothing of that sort: the selector is no setting.</summary>
    public static CatalogueFamily None(string selector, string prefix) =>
        new(selector, prefix, null, new Dictionary<string, IReadOnlyList<Setting>>(StringComparer.Ordinal));
}
