using System.Globalization;
using System.Text.RegularExpressions;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Spec;

namespace Sweep.Search.Tests.Runs;

/// <summary>The tables of docs/search.md name every sampler and pruner with every setting, and the defaults that a sweep file has without them.</summary>
public sealed partial class SearchDocumentationTests
{
    private static readonly Dictionary<string, SamplerSpec> Defaults = new(StringComparer.Ordinal)
    {
        ["grid"] = new GridSpec(false),
        ["random"] = new RandomSpec(),
        ["sobol"] = new SobolSpec(),
        ["halton"] = new HaltonSpec(),
        ["tpe"] = new TpeSpec(),
        ["cmaes"] = new CmaesSpec(),
        ["gp"] = new GpSpec(),
        ["evolution"] = new EvolutionSpec(),
        ["bohb"] = new BohbSpec(),
        ["nsga2"] = new Nsga2Spec(),
    };

    [Fact]
    public void Samplers_AndTheirSettings_AreAllInTheTable_WithTheirDefaults()
    {
        var expected = SamplerReader.Samplers.SelectMany(sampler => sampler.Value.DefaultIfEmpty("").Select(setting => (sampler.Key, setting, DefaultOf(sampler.Key, setting))));
        Assert.Equal(expected, Rows("## Samplers", "## Pruners"));
    }

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

    private static string DefaultOf(string sampler, string setting)
    {
        if (setting.Length == 0)
        {
            return "";
        }

        var name = string.Concat(setting.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return Defaults[sampler].GetType().GetProperty(name == "Order" ? "Shuffled" : name)!.GetValue(Defaults[sampler]) switch
        {
            null => "derived",
            false when name == "Order" => "lexicographic",
            bool flag => flag ? "true" : "false",
            Enum word => word.ToString().ToLowerInvariant(),
            double number when 1 / number is var inverse && number < 1 && inverse == Math.Round(inverse) && number.ToString(CultureInfo.InvariantCulture).Length > 8 =>
                string.Create(CultureInfo.InvariantCulture, $"1/{inverse}"),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
        };
    }

    private static List<(string Name, string Setting, string Default)> Rows(string from, string to)
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sweep.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not lie in a checkout");
        }

        var page = File.ReadAllText(Path.Combine(folder, "docs/search.md"));
        var section = page[page.IndexOf(from, StringComparison.Ordinal)..page.IndexOf(to, StringComparison.Ordinal)];
        return [.. Row().Matches(section).Select(m => (m.Groups["name"].Value, m.Groups["setting"].Value, m.Groups["default"].Value.Trim()))];
    }

    [GeneratedRegex(@"^\| `(?<name>\w+)` \|( `(?<setting>\w+)`)? \|(?<default>[^|]*)\|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
