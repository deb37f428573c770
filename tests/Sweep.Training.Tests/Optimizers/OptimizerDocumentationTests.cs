using System.Text;
using Sweep.Search.Settings;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Optimizers;

/// <summary>docs/optimizers.md is what the registry says. SWEEP_UPDATE_DOCS=1 writes it anew.</summary>
public sealed class OptimizerDocumentationTests
{
    private static readonly IReadOnlyList<Setting> Common = OptimizerRegistry.Get("sgd").Settings;

    public static TheoryData<string> Names() => [.. OptimizerRegistry.All.Select(o => o.Name)];

    [Fact]
    public void Page_Tables_AreThoseOfTheRegistry()
    {
        var path = RepositoryFiles.Path("docs/optimizers.md");
        var expected = SettingsTable.Replace(File.ReadAllText(path), "common", Common);
        foreach (var optimizer in OptimizerRegistry.All)
        {
            var rate = new Setting("lr", SettingKind.Number, "η0, when a sweep file gives none") { Default = optimizer.DefaultRate, Minimum = 0, MinimumExclusive = true };
            expected = SettingsTable.Replace(expected, optimizer.Name, [rate, .. optimizer.Settings.Where(s => Common.All(c => c.Name != s.Name))]);
        }
        expected = SettingsTable.Between(expected, "<!-- pairs -->\n", Pairs());
        if (SettingsTable.Update)
        {
            File.WriteAllText(path, expected);
        }
        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Page_EveryOptimizer_HasASectionAndASource(string name)
    {
        var page = File.ReadAllText(RepositoryFiles.Path("docs/optimizers.md"));
        var begin = page.IndexOf($"\n## `{name}`\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"docs/optimizers.md has no section {name}");
        Assert.Contains("Source:", page[begin..page.IndexOf("\n## ", begin + 1, StringComparison.Ordinal)]);
    }

    private static string Pairs()
    {
        var table = new StringBuilder("| optimizer | goes with | refused |\n|---|---|---|\n");
        foreach (var optimizer in OptimizerRegistry.All)
        {
            var refused = ScheduleRegistry.All.Where(s => OptimizerSchedulePairs.FindError(optimizer, s) is not null).ToList();
            if (refused.Count > 0)
            {
                table.Append($"| `{optimizer.Name}` | {Words(ScheduleRegistry.All.Except(refused))} | {Words(refused)} |\n");
            }
        }
        return table.ToString();
    }

    private static string Words(IEnumerable<ScheduleDefinition> schedules) => string.Join(", ", schedules.Select(s => $"`{s.Name}`"));
}
