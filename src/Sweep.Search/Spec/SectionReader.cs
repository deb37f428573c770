using System.Globalization;

namespace Sweep.Search.Spec;

/// <summary>Reads settings of a section that have a default; a wrong one is an error and gives its default.</summary>
internal sealed class SectionReader(SpecMap section, string path, SpecLog log)
{
    internal SpecMap Map => section;

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

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
