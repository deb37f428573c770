using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>
/// A sweep's table as the promise "same answer" means it: number, parameters, state, resource and, per step, metrics and learning
/// rate, as the text of every number; not seconds, attempts or places.
/// </summary>
internal static class Table
{
    public static async Task<string> ReadAsync(Workspace workspace, string sweep, params string[] options)
    {
        var trials = await workspace.SweepAsync(["trials", sweep, "--json", .. options]);
        Assert.True(trials.ExitCode == 0, trials.Errors);
        using var document = JsonDocument.Parse(trials.Output);
        var table = new StringBuilder();
        foreach (var trial in document.RootElement.GetProperty("trials").EnumerateArray())
        {
            var number = trial.GetProperty("number").GetInt32();
            Append(table, trial, "number", "replicate", "state", "values", "resource", "parameters");
            var detail = await workspace.SweepAsync(["trial", sweep, number.ToString(CultureInfo.InvariantCulture), "--json", .. options]);
            Assert.True(detail.ExitCode == 0, detail.Errors);
            if (trial.TryGetProperty("test", out _))
            {
                Append(table, trial, "test");
            }

            using var reports = JsonDocument.Parse(detail.Output);
            foreach (var report in reports.RootElement.GetProperty("reports").EnumerateArray())
            {
                Append(table, report, "step", "values", "metrics", "learning_rate");
            }
        }

        return table.ToString();
    }

    private static void Append(StringBuilder table, JsonElement element, params string[] properties)
    {
        foreach (var property in properties)
        {
            table.Append(property).Append(' ').Append(element.GetProperty(property).GetRawText().ReplaceLineEndings(" ")).Append("  ");
        }

        table.Append('\n');
    }
}
