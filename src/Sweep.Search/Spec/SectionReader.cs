using System.Globalization;
using Sweep.Search.Settings;

namespace Sweep.Search.Spec;

/// <summary>Reads settings of a section that have a default; a wrong one is an error and gives its default.</summary>
internal sealed class SectionReader(SpecMap section, string path, SpecLog log)
{
    internal int LineOf(string key) => section.Find(key)?.Line ?? section.Line;

    internal int Whole(string key, int min, int max, int otherwise) => Whole(key, min, max) ?? otherwise;

    internal int? Whole(string key, int min, int max) =>
        section.Find(key) is { } entry ? SpecReader.WholeNumber(entry, SpecLog.Join(path, key), min, max, log) : null;

    internal bool Flag(string key, bool otherwise) =>
        Words.Read(section, path, key, ["true", "false"], otherwise ? "true" : "false", log) != "false";

    internal double Number(string key, double min, double max, double otherwise, bool isOpen = false) => Number(key, min, max, isOpen) ?? otherwise;

    /// <summary>A number within bounds, or null.</summary>
    /// <param name="isOpen">Whether the lower bound itself is not allowed.</param>
    internal double? Number(string key, double min = double.NegativeInfinity, double max = double.PositiveInfinity, bool isOpen = false)
    {
        if (section.Find(key) is not { } entry)
        {
            return null;
        }

        if (SettingReader.Number(entry.Value) is { } number && (isOpen ? number > min : number >= min) && number <= max)
        {
            return number;
        }

        var limit = (double.IsInfinity(min), double.IsInfinity(max)) switch
        {
            (true, _) => "",
            (false, true) => isOpen ? $" above {Text(min)}" : $" from {Text(min)} on",
            _ => $" {(isOpen ? "above" : "from")} {Text(min)} {(isOpen ? "and at most" : "to")} {Text(max)}",
        };
        log.Error(entry.Line, SpecLog.Join(path, key), $"expected a number{limit}, found {entry.Value.Describe()}");
        return null;
    }

    /// <summary>Reports a setting that has no default and is left out.</summary>
    internal void Require(string key, string what)
    {
        if (section.Find(key) is null)
        {
            log.Missing(section, key, SpecLog.Join(path, key), $"is required: {what}");
        }
    }

    /// <summary>What a component makes of the section's settings; null with errors when one of them is wrong or missing.</summary>
    internal T? Component<T>(Component<T> component)
        where T : class
    {
        var errorsBefore = log.ErrorCount;
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        var values = new SettingValues(given, component.Settings);
        foreach (var setting in component.Settings)
        {
            if (setting.Required)
            {
                Require(setting.Name, setting.WhyRequired ?? setting.Description);
            }

            if (section.Find(setting.Name) is not null)
            {
                given[setting.Name] = Read(setting, values) ?? setting.Default;
            }
        }

        if (component.FindError(values) is { } error)
        {
            var at = section.Find(error.Setting) ?? section.Find(error.Fallback ?? "");
            log.Error(at?.Line ?? section.Line, error.Setting.Length == 0 ? path : SpecLog.Join(path, error.Setting), error.Message);
        }

        return log.ErrorCount > errorsBefore ? null : component.Create(values);
    }

    private object? Read(Setting setting, SettingValues values) => setting.Kind switch
    {
        SettingKind.Integer => Whole(setting.Name, (int)setting.Minimum, setting.AtMost is { } other ? (int)values.Integer(other) : (int)setting.Maximum),
        SettingKind.Number => Number(setting.Name, setting.Minimum, setting.Maximum, setting.MinimumExclusive),
        SettingKind.Boolean => Flag(setting.Name, (bool)setting.Default!),
        SettingKind.Choice => Words.Read(section, path, setting.Name, [.. setting.Choices], (string)setting.Default!, log),
        _ => throw new ArgumentException($"no setting of the search is of kind {setting.Kind}", nameof(setting)),
    };

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
