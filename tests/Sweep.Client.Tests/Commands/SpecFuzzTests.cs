using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sweep.Client.Commands;
using Sweep.Client.Tests.EndToEnd;
using Sweep.Search.Runs;

namespace Sweep.Client.Tests.Commands;

/// <summary>
/// Whatever a sweep file says, reading it gives a spec or errors with lines, in bounded time. SWEEP_FUZZ=100000 reads so many damaged
/// files instead of a few thousand; SWEEP_SEED makes others.
/// </summary>
public sealed partial class SpecFuzzTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string, string> HardTexts()
    {
        string With(string parameters, string search = "{ sampler: random, trials: 5 }", string task = "{ dataset: mnist, model: mlp, hidden: [16], epochs: 9 }") =>
            $"name: n\ntask: {task}\nobjective: {{ metric: val_loss }}\nsearch: {search}\nparameters:\n{parameters}\n";
        const string Lr = "  optimizer: sgd\n  lr: 0.1";
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 20; i++)
        {
            bomb.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]\n");
        }

        string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
        var grid = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"  optimizer.{(i == 0 ? "momentum" : $"x{i}")}: {{ min: 0, max: 0.999, points: 1000 }}"));
        return new TheoryData<string, string>
        {
            { "an open map", "name: n\ntask: { dataset: mnist\nobjective: { metric: val_loss }\n" },
            { "an open map at the end", With(Lr) + "budget: { trials: 3" },
            { "an open list", With("  optimizer: { values: [sgd, adam }") },
            { "a bomb of aliases", bomb.ToString() },
            { "a bomb of aliases in a value", bomb + With("  task.hidden: { values: *a19 }") },
            { "an alias inside its anchor", "name: &a [*a]" },
            { "deep lists", Repeat("[", 100_000) },
            { "deep maps", Repeat("{a: ", 100_000) },
            { "deep block lists", Repeat("- ", 100_000) + "x" },
            { "deep keys", Repeat("? ", 100_000) + "x" },
            { "many keys", string.Concat(Enumerable.Range(0, 200_000).Select(i => $"k{i}: 1\n")) },
            { "many equal keys", Repeat("k: 1\n", 200_000) },
            { "many items", With("  lr: { values: [" + Repeat("0.1, ", 500_000) + "] }") },
            { "too many values", "[" + Repeat("1,", 1_500_000) + "]" },
            { "a long word", "name: " + new string('x', 5_000_000) },
            { "a long key", new string('x', 5_000_000) + ": 1" },
            { "a long number", With($"  optimizer: sgd\n  lr: {new string('9', 1_000_000)}") },
            { "many documents", Repeat("---\na: 1\n", 50_000) },
            { "many anchors", "[" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"&a{i} x,")) + "]" },
            { "many quotes", Repeat("\"", 100_001) },
            { "many comments", Repeat("# c\n", 300_000) },
            { "many colons", Repeat(": ", 100_000) },
            { "trials out of range", With(Lr, "{ sampler: random, trials: 99999999999 }") },
            { "a width out of range", With(Lr, task: "{ dataset: mnist, model: mlp, hidden: [99999999999], epochs: 9 }") },
            { "too many points", With("  optimizer: sgd\n  lr: { min: 0.1, max: 1, points: 99999999999 }") },
            { "too many steps", With("  optimizer: sgd\n  lr: { min: 1e-300, max: 1e300, step: 1e-300 }") },
            { "a step of nothing", With("  optimizer: sgd\n  lr: { min: 0.1, max: 1, step: 0 }") },
            { "the widest range", With("  optimizer: sgd\n  lr: { min: -1.7976931348623157e308, max: 1.7976931348623157e308 }") },
            { "the narrowest range", With("  optimizer: sgd\n  lr: { min: 5e-324, max: 5e-324 }") },
            { "a grid of unknown settings", With($"  optimizer: momentum\n  lr: 0.1\n{grid}", "{ sampler: grid }") },
            { "NUL", "name: a\0b" },
            { "a lone surrogate", "name: \ud800" },
            { "a byte order mark inside", "name: n\n\ufefftask: {}" },
            { "tabs", "name:\tn\n\ttask: {}" },
            { "only a tag", "!!str" },
            { "a directive without a document", "%YAML 1.2\n" },
            { "a version of the future", "%YAML 9.9\n---\nname: n" },
            { "JSON cut short", "{\"name\": \"n\", \"task\": {\"dataset\": \"mnist\"" },
        };
    }

    [Theory]
    [MemberData(nameof(HardTexts))]
    public void HardText_IsErrorsWithLines(string what, string text)
    {
        Assert.NotEmpty(what);
        var errors = Assert.Throws<BadSpecException>(() => Within(() => SpecSource.Parse(text, "s.yaml"), () => what)).Errors;
        Assert.All(errors, error => Assert.InRange(error.Line, 1, text.AsSpan().Count('\n') + 2));
        Assert.All(errors, error => Assert.InRange(error.Message.Length, 1, 20_000));
    }

    [Fact]
    public void DamagedTexts_AreReadOrAreErrors()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("SWEEP_FUZZ") ?? "3000", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("SWEEP_SEED") ?? "1", CultureInfo.InvariantCulture);
        var mutator = new SpecMutator(Corpus(), seed);
        var (read, text) = (0, "");
        for (var number = 0; number < count; number++)
        {
            text = mutator.Make(number);
            try
            {
                Within(() => Read(text), () => text);
                read++;
            }
            catch (BadSpecException e)
            {
                Assert.All(e.Errors, error => Assert.InRange(error.Line, 1, int.MaxValue));
            }
            catch (Exception e) when (e is not TimeoutException)
            {
                throw new InvalidOperationException($"damaged file {number} of seed {seed}:\n{text}", e);
            }
        }

        // Some are still sweep files: then the mutator reaches what comes behind the parser.
        Assert.InRange(read, 1, count - 1);
    }

    [Theory]
    [InlineData(new byte[] { 0xff }, 1)]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xc3, 0x28 }, 2)]
    [InlineData(new byte[] { (byte)'a', (byte)':', (byte)'\n', (byte)'\n', 0xe2, 0x82 }, 3)]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80, (byte)'\n' }, 1)]
    public void File_ThatIsNotUtf8_IsAnErrorOfItsLine(byte[] bytes, int line)
    {
        using var workspace = new Workspace();
        File.WriteAllBytes(workspace.File("s.yaml"), bytes);
        var error = Assert.Single(Assert.Throws<BadSpecException>(() => SpecSource.Load(workspace.File("s.yaml"))).Errors);
        Assert.Equal((line, "not valid UTF-8"), (error.Line, error.Message));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/full")]
    public void File_WithoutEnd_IsAnError(string path) =>
        Assert.Contains("not a sweep file", Assert.Single(Assert.Throws<BadSpecException>(() => SpecSource.Load(path)).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void File_WithByteOrderMark_IsRead(string encoding)
    {
        using var workspace = new Workspace();
        File.WriteAllText(workspace.File("s.yaml"), Corpus()[0], Encoding.GetEncoding(encoding));
        Assert.Empty(SpecSource.Load(workspace.File("s.yaml")).Errors);
    }

    /// <summary>A spec, and what commands compute of it before anything runs.</summary>
    private static void Read(string text)
    {
        var spec = SpecSource.Parse(text, "s.yaml").Spec!;
        _ = SearchPlan.Of(spec);
        _ = new SweepSearch(spec).Suggest(1);
    }

    /// <summary>The samples, and what the docs show.</summary>
    private static List<string> Corpus()
    {
        var texts = Directory.GetFiles(Path.Combine(Workspace.Root, "sweeps"), "*.yaml").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        foreach (var page in Directory.GetFiles(Path.Combine(Workspace.Root, "docs"), "*.md").Append(Path.Combine(Workspace.Root, "README.md")).Order(StringComparer.Ordinal))
        {
            texts.AddRange(Blocks().Matches(File.ReadAllText(page)).Select(match => match.Groups["text"].Value));
        }

        texts.Add("""
            {"name": "j", "task": {"function": "branin"}, "objective": {"metric": "value"}, "search": {"sampler": "tpe", "trials": 5, "seed": 3},
             "parameters": {"x0": {"min": -5, "max": 10}, "x1": {"values": [1, 2.5, 3]}}, "enqueue": [{"x0": 0.5, "x1": 2.5}]}
            """);
        return texts;
    }

    private static void Within(Action read, Func<string> what)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                read();
            }
            catch (Exception e)
            {
                thrown = e;
            }
        });
        thread.IsBackground = true;
        thread.Start();
        if (!thread.Join(Patience))
        {
            throw new TimeoutException($"this was not read to its end:\n{what()}");
        }

        if (thrown is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
        }
    }

    [GeneratedRegex("```yaml\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Blocks();
}
