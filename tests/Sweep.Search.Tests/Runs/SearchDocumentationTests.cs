using System.Globalization;
using System.Text.RegularExpressions;
using Sweep.Search.Samplers;
using Sweep.Search.Settings;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Samplers.Nsga2;

namespace Sweep.Search.Tests.Runs;

/// <summary>The tables of docs/search.md name every sampler and pruner with every setting, and the defaults that a sweep file has without them.</summary>
public sealed partial class SearchDocumentationTests
{
    private const string SamplerTable = "| sampler | setting | default | meaning |\n|---|---|---|---|\n";

    [Fact]
    public void Samplers_AndTheirSettings_AreTheTable() => Assert.Contains(SamplerTable + Rows(SamplerRegistry.All) + "\n", Page());

    [Fact]
    public void Pruners_AndTheirSettings_AreAllInTheTable() => Assert.Equal(
        PrunerReader.Types.SelectMany(pruner => pruner.Value.Select(setting => (pruner.Key, setting))),
        Rows("## Pruners", "## Order").Select(row => (row.Name, row.Setting)));

    [Fact]
    public void Pruners_AreToldTheirDefaults()
    {
        // What the reader makes of a pruner without settings.
        PrunerSpec Read(string pruner) => TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { min: 0.1, max: 1 }", $"{{ sampler: random, trials: 99, pruner: {{ type: {pruner} }} }}")).Search.Pruner!;
        Assert.Equal(new HalvingSpec(1, 9, 3), Read("halving"));
        Assert.Equal(new HyperbandSpec(1, 9, 3, false), Read("hyperband"));
        Assert.Equal(new AshaSpec(1, 9, 3, false), Read("asha"));
        Assert.Equal(new AshaSpec(1, 9, 3, true), Read("stopping"));
        Assert.Equal(new PercentileSpec(9, 50, false, 0, 1, 5), Read("median"));
        Assert.Equal(new PbtSpec(9, 1, 0.25, 0.25), Read("pbt"));
        string[] expected = ["1", "task.epochs", "3", "algorithm", "average", "0", "5", "0.25", "none", "required"];
        Assert.All(Rows("## Pruners", "## Order"), row => Assert.Contains(row.Default, expected));
    }

    /// <summary>The rows of the documentation's table: a line for each setting.</summary>
    internal static string Rows<T>(IEnumerable<Component<T>> components) => string.Concat(components.SelectMany(component => component.Settings.Count == 0
        ? [$"| `{component.Name}` | | | {component.Description} |\n"]
        : component.Settings.Select(setting => $"| `{component.Name}` | `{setting.Name}` | {Default(setting.Default)} | {setting.Description} |\n")));

    private static string Default(object? value) => value switch
    {
        null => "derived",
        bool flag => flag ? "true" : "false",
        double number when 1 / number is var inverse && number < 1 && inverse == Math.Round(inverse) && number.ToString(CultureInfo.InvariantCulture).Length > 8 =>
            string.Create(CultureInfo.InvariantCulture, $"1/{inverse}"),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };

    private static string Page()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sweep.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not lie in a checkout");
        }

        return File.ReadAllText(Path.Combine(folder, "docs/search.md")).ReplaceLineEndings("\n");
    }

    private static List<(string Name, string Setting, string Default)> Rows(string from, string to)
    {
        var page = Page();
        var section = page[page.IndexOf(from, StringComparison.Ordinal)..page.IndexOf(to, StringComparison.Ordinal)];
        return [.. Row().Matches(section).Select(m => (m.Groups["name"].Value, m.Groups["setting"].Value, m.Groups["default"].Value.Trim()))];
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|( `(?<setting>\w+)`)? \|(?<default>[^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
