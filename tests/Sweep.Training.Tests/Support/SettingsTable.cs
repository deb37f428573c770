using System.Collections;
using System.Text;
using Sweep.Search.Settings;

namespace Sweep.Training.Tests.Support;

/// <summary>The tables of settings that the documentation has, written from the registry.</summary>
internal static class SettingsTable
{
    /// <summary>Whether the pages are to be written anew rather than compared.</summary>
    public static bool Update { get; } = Environment.GetEnvironmentVariable("SWEEP_UPDATE_DOCS") == "1";

    /// <summary>The page with the table of one name in its place.</summary>
    public static string Replace(string page, string name, IReadOnlyList<Setting> settings) =>
        Between(page, $"<!-- settings: {name} -->\n", Table(settings));

    /// <summary>The page with a text between an opening comment and the end after it.</summary>
    public static string Between(string page, string open, string text)
    {
        var begin = page.IndexOf(open, StringComparison.Ordinal);
        Assert.True(begin >= 0, $"the page has no {open}");
        begin += open.Length;
        return page[..begin] + text + page[page.IndexOf("<!-- end -->", begin, StringComparison.Ordinal)..];
    }

    private static string Table(IReadOnlyList<Setting> settings)
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

    private static string Default(Setting setting) => setting.Default switch
    {
        null => setting.Name is "clip_norm" or "clip_value" or "weight_clip" ? "none" : "derived",
        bool flag => flag ? "true" : "false",
        double number => number == 1.0 / 3.0 ? "1/3" : $"{number}",
        string text => $"`{text}`",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>())}]",
        var other => $"{other}",
    };

    private static string Allowed(Setting setting)
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
