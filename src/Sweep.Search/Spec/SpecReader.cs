using System.Buffers;
using System.Globalization;

namespace Sweep.Search.Spec;

/// <summary>Reads sweep files (YAML 1.2; JSON is YAML too).</summary>
public static class SpecReader
{
    /// <summary>What a sweep may be called, for error messages.</summary>
    public const string NameRule = "a name is made of a-z, 0-9, '-', '_' and '.', begins with a letter or digit and has at most 100 characters";

    private const int MaxNameLength = 100;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly string[] Sections = ["name", "task", "objective", "replicates", "search", "parameters", "forbidden", "checkpoint", "test", "order", "budget", "enqueue", "warm_start", WarmStartSpec.Resolved, DuplicateRule.TriedSection, "meta", .. PlacementReader.Keys];

    /// <summary>Reads and validates a sweep file: the spec, or every mistake in it. Never throws for what the text says.</summary>
    /// <param name="fileName">For messages only.</param>
    public static SpecResult Read(string text, string fileName, Catalogue catalogue) => Read(text, fileName, _ => catalogue);

    /// <summary>The same, with the catalogue that the task asks for.</summary>
    /// <param name="catalogue">Told the words of the task section, by key; what is no single word is left out, and nothing is checked yet.</param>
    public static SpecResult Read(string text, string fileName, Func<IReadOnlyDictionary<string, string>, Catalogue> catalogue)
    {
        var log = new SpecLog(fileName);
        var spec = SpecYaml.Read(text, log) is { } root ? ReadRoot(root, text, fileName, catalogue(TaskWords(root)), log) : null;
        return new SpecResult(log.ErrorCount == 0 ? spec : null, log.Errors, log.Warnings);
    }

    private static Dictionary<string, string> TaskWords(SpecNode root)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in ((root as SpecMap)?.Find("task")?.Value as SpecMap)?.Entries ?? [])
        {
            if (entry.Value is SpecScalar { IsNull: false } scalar)
            {
                words[entry.Key] = scalar.Text;
            }
        }

        return words;
    }

    private static SweepSpec? ReadRoot(SpecNode root, string text, string fileName, Catalogue catalogue, SpecLog log)
    {
        if (root is SpecScalar { IsNull: true })
        {
            log.Error(1, "", $"the file is empty; allowed: {string.Join(", ", Sections)}");
            return null;
        }

        if (log.Map(root, "") is not { } map)
        {
            return null;
        }

        log.Keys(map, "", Sections);
        map = MetaReader.Read(map, catalogue, log, out var meta);
        var name = ReadName(map, log);
        var objectives = ObjectiveReader.Read(map, catalogue, log);
        var replicates = ReplicatesReader.Read(map, log);
        var task = TaskReader.Read(map, catalogue, log);
        var space = new ParametersReader(map, task, catalogue, log).Read();
        var search = SearchReader.Read(map, task, space, catalogue, log);
        ObjectivesCheck.Check(map, objectives, search, catalogue.Samplers, log);
        var every = ReadCheckpoint(map, log);
        var tested = ReadTest(map, log);
        var (placement, keepsNumerics) = PlacementReader.Read(map, log);
        return name is null || objectives is null || space is null || search is null || log.ErrorCount > 0
            ? null
            : new SweepSpec(name, text, fileName, task.ToSpec(), objectives, search, space.Space, every)
            {
                TestTop = tested,
                Replicates = replicates,
                Meta = meta,
                Placement = placement,
                KeepsNumerics = keepsNumerics,
            };
    }

    private static string? ReadName(SpecMap map, SpecLog log)
    {
        if (map.Find("name") is not { } entry)
        {
            log.Missing(map, "name", "name", "is required: what to call the sweep");
            return null;
        }

        if (entry.Value is not SpecScalar { IsNull: false } scalar || !IsName(scalar.Text))
        {
            log.Error(entry.Line, "name", $"{entry.Value.Describe()} is not a name: {NameRule}");
            return null;
        }

        return scalar.Text;
    }

    /// <summary>Whether a sweep may be called that.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= MaxNameLength
        && text[0] is not ('-' or '_' or '.')
        && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    private static int? ReadCheckpoint(SpecMap map, SpecLog log)
    {
        if (map.Find("checkpoint") is not { } entry || log.Map(entry.Value, "checkpoint") is not { } section)
        {
            return null;
        }

        log.Keys(section, "checkpoint", "every");
        if (section.Find("every") is not { } every)
        {
            log.Missing(section, "every", "checkpoint.every", "is required: a checkpoint every so many epochs");
            return null;
        }

        return WholeNumber(every, "checkpoint.every", 1, int.MaxValue, log);
    }

    private static int ReadTest(SpecMap map, SpecLog log)
    {
        if (map.Find("test") is not { } entry || log.Map(entry.Value, "test") is not { } section)
        {
            return SweepSpec.DefaultTestTop;
        }

        log.Keys(section, "test", "top");
        return section.Find("top") is { } top
            ? WholeNumber(top, "test.top", 0, int.MaxValue, log) ?? SweepSpec.DefaultTestTop
            : SweepSpec.DefaultTestTop;
    }

    /// <summary>A whole number within bounds, or null with an error.</summary>
    internal static int? WholeNumber(SpecEntry entry, string path, int min, int max, SpecLog log)
    {
        if (SettingReader.Whole(entry.Value) is { } value && value >= min && value <= max)
        {
            return (int)value;
        }

        var limit = max == int.MaxValue ? $"from {min} on" : string.Create(CultureInfo.InvariantCulture, $"from {min} to {max}");
        log.Error(entry.Line, path, $"expected a whole number {limit}, found {entry.Value.Describe()}");
        return null;
    }
}
