using System.Globalization;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Asha;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Pruners.Hyperband;
using Sweep.Search.Pruners.Pbt;
using Sweep.Search.Pruners.Percentile;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Samplers;
using Sweep.Search.Settings;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Samplers.Nsga2;

namespace Sweep.Search.Tests.Runs;

/// <summary>The tables of docs/search.md name every sampler and pruner with every setting, and the defaults that a sweep file has without them.</summary>
public sealed class SearchDocumentationTests
{
    private const string SamplerTable = "| sampler | setting | default | meaning |\n|---|---|---|---|\n";
    private const string PrunerTable = "| pruner | setting | default | meaning |\n|---|---|---|---|\n";

    [Fact]
    public void Samplers_AndTheirSettings_AreTheTable() => Assert.Contains(SamplerTable + Rows(SamplerRegistry.All) + "\n", Page());

    [Fact]
    public void Pruners_AndTheirSettings_AreTheTable() => Assert.Contains(PrunerTable + Rows(PrunerRegistry.All) + Rows(OwnRulesSpec.Components) + "\n", Page());

    [Fact]
    public void Pruners_AreToldTheirDefaults()
    {
        // What the reader makes of a pruner without settings.
        PrunerOptions Read(string pruner) => TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { min: 0.1, max: 1 }", $"{{ sampler: random, trials: 99, pruner: {{ type: {pruner} }} }}")).Search.Pruner!;
        Assert.Equal(new HalvingOptions(1, 9, 3), Read("halving"));
        Assert.Equal(new HyperbandOptions(1, 9, 3, false), Read("hyperband"));
        Assert.Equal(new AshaOptions(1, 9, 3, false), Read("asha"));
        Assert.Equal(new AshaOptions(1, 9, 3, true), Read("stopping"));
        Assert.Equal(new PercentileOptions(9, 50, false, 0, 1, 5), Read("median"));
        Assert.Equal(new PbtOptions(9, 1, 0.25, 0.25), Read("pbt"));
    }

    /// <summary>The rows of the documentation's table: a line for each setting.</summary>
    internal static string Rows<T>(IEnumerable<Component<T>> components) => string.Concat(components.SelectMany(component => component.Settings.Count == 0
        ? [$"| `{component.Name}` | | | {component.Description} |\n"]
        : component.Settings.Select(setting => $"| `{component.Name}` | `{setting.Name}` | {(setting.Required ? "required" : Default(setting))} |{Cell(setting.Description)}|\n")));

    private static string Cell(string text) => text.Length == 0 ? " " : $" {text} ";

    private static string Default(Setting setting) => setting.Default switch
    {
        null => setting.Unset,
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
}
