using Sweep.Search.Settings;
using Sweep.Training.Schedules;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Schedules;

/// <summary>docs/schedules.md and its pictures are what the registry says. SWEEP_UPDATE_DOCS=1 writes them anew.</summary>
public class ScheduleDocumentationTests
{
    public static TheoryData<string> Names() => [.. ScheduleRegistry.All.Select(d => d.Name)];

    [Fact]
    public void Page_SettingsTables_AreThoseOfTheRegistry()
    {
        var path = RepositoryFiles.Path("docs/schedules.md");
        var page = File.ReadAllText(path);
        var expected = SettingsTable.Replace(page, "common", ScheduleRegistry.Find("constant").Settings);
        foreach (var definition in ScheduleRegistry.All)
        {
            expected = SettingsTable.Replace(expected, definition.Name, OwnSettings(definition));
        }

        if (SettingsTable.Update)
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
        if (SettingsTable.Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, svg);
        }

        Assert.Equal(svg, File.ReadAllText(path));
    }

    // The members' settings of a sequence are those of the members, and the common ones have a table of their own.
    private static List<Setting> OwnSettings(ScheduleDefinition definition) =>
        [.. definition.Settings.Where(s => !s.Name.Contains('.') && (!definition.SetInAdvance || !ScheduleRegistry.Find("constant").Settings.Contains(s)))];
}
