using System.Collections;
using System.Text;
using Sweep.Training.Schedules;
using Sweep.Training.Settings;

namespace Sweep.Training.Tests.Schedules;

/// <summary>docs/schedules.md and its pictures are what the registry says. SWEEP_UPDATE_DOCS=1 writes them anew.</summary>
public class ScheduleDocumentationTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("SWEEP_UPDATE_DOCS") == "1";

    public static TheoryData<string> Names() => [.. ScheduleRegistry.All.Select(d => d.Name)];

    [Fact]
    public void Page_SettingsTables_AreThoseOfTheRegistry()
    {
        var path = RepositoryFiles.Path("docs/schedules.md");
        var page = File.ReadAllText(path);
        var expected = Replace(page, "common", ScheduleRegistry.Find("constant").Settings);
        foreach (var definition in ScheduleRegistry.All)
        {
            expected = Replace(expected, definition.Name, OwnSettings(definition));
        }

        if (Update)
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_EverySchedule_HasASectionAPictureAndASource(string name)
    {
        var page = File.ReadAllText(RepositoryFiles.Path("docs/schedules.md"));
        var begin = page.IndexOf($"\n## `{name}`\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"docs/schedules.md has no section {name}");
        var end = page.IndexOf("\n## ", begin + 1, StringComparison.Ordinal);
        var section = page[begin..(end < 0 ? page.Length : end)];

        Assert.Contains($"images/schedules/{name}.svg", section);
        Assert.Contains("Source:", section);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Picture_OfEverySchedule_IsDrawnByItself(string name)
    {
        var path = RepositoryFiles.Path($"docs/images/schedules/{name}.svg");
        var svg = ScheduleFigures.Draw(name);
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, svg);
        }

        Assert.Equal(svg, File.ReadAllText(path));
    }

    // The members' settings of a sequence are those of the members, and the common ones have a table of their own.
    private static List<SettingDefinition> OwnSettings(ScheduleDefinition definition) =>
        [.. definition.Settings.Where(s => !s.Name.Contains('.') && (!definition.SetInAdvance || !ScheduleRegistry.Find("constant").Settings.Contains(s)))];

    private static string Replace(string page, string name, IReadOnlyList<SettingDefinition> settings)
    {
        var (open, close) = ($"<!-- settings: {name} -->\n", "<!-- end -->");
        var begin = page.IndexOf(open, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"docs/schedules.md has no {open}");
        begin += open.Length;
        return page[..begin] + Table(settings) + page[page.IndexOf(close, begin, StringComparison.Ordinal)..];
    }

    private static string Table(IReadOnlyList<SettingDefinition> settings)
    {
        if (settings.Count == 0)
        {
            return "No settings of its own.\n";
        }

        var table = new StringBuilder("| setting | default | allowed | meaning |\n|---|---|---|---|\n");
        foreach (var setting in settings)
        {
            table.Append($"| `{setting.Name}` | {Default(setting)} | {Allowed(setting)} | {setting.Description} |\n");
        }

        return table.ToString();
    }

    private static string Default(SettingDefinition setting) => setting.Default switch
    {
        null => "derived",
        bool flag => flag ? "true" : "false",
        double number => number == 1.0 / 3.0 ? "1/3" : $"{number}",
        string text => $"`{text}`",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>())}]",
        var other => $"{other}",
    };

    private static string Allowed(SettingDefinition setting)
    {
        if (setting.Kind is SettingKind.Choice or SettingKind.ChoiceList)
        {
            return string.Join(", ", setting.Choices.Select(c => $"`{c}`"));
        }

        var kind = setting.Kind switch
        {
            SettingKind.Boolean => "true, false",
            SettingKind.Integer => "whole number",
            SettingKind.NumberList => "numbers",
            _ => "number",
        };
        var low = double.IsFinite(setting.Minimum) ? $"{(setting.MinimumExclusive ? " >" : " ≥")} {setting.Minimum}" : string.Empty;
        var high = double.IsFinite(setting.Maximum) ? $"{(setting.MaximumExclusive ? " <" : " ≤")} {setting.Maximum}" : string.Empty;
        return kind + low + (low.Length > 0 && high.Length > 0 ? "," : string.Empty) + high;
    }
}
