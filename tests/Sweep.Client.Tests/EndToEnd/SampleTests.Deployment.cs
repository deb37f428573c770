using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>What deploy/ starts, and what the README and the pages on silos tell to start.</summary>
public sealed partial class SampleTests
{
    private static readonly string[] DrainedBy = ["sweep-silo.service", "slurm-silos.sh", "compose.yaml", "kubernetes.yaml"];

    public static TheoryData<string> CommandLines()
    {
        var lines = new TheoryData<string>();
        foreach (var line in LinesOfPage("README.md").Concat(LinesOfPage("docs/deploy.md")).Concat(LinesOfPage("docs/silos.md")).Concat(LinesOfDeployment()).Distinct(StringComparer.Ordinal))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>With a store that cannot be: whatever is wrong with the command line itself is told before.</summary>
    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task CommandLine_ThatIsShown_IsOneThatSweepTakes(string line)
    {
        using var workspace = new Workspace();
        Directory.CreateSymbolicLink(workspace.File("sweeps"), Path.Combine(Workspace.Root, "sweeps"));
        var environment = new Dictionary<string, string?> { ["SWEEP_DB"] = workspace.File("none/s.db") };
        var words = StoreOption().Replace(line, $"--db {environment["SWEEP_DB"]}").Split(' ', StringSplitOptions.RemoveEmptyEntries);

        using var process = SweepProcess.Start(workspace.Folder, environment, words);
        var end = await process.EndAsync();

        Assert.True(end.ExitCode is ExitCodes.Failure or ExitCodes.NotFound, $"sweep {line}: exit code {end.ExitCode}, {end.Errors}");
        Assert.Matches("none/s\\.db|no such file", end.Errors);
    }

    [Fact]
    public void Deployment_EachFile_StartsASiloOrMakesTheStore()
    {
        var lines = LinesOfDeployment().ToList();
        Assert.Equal(2, lines.Count(line => line == "db init"));
        Assert.Equal(DrainedBy.Length + 1, lines.Count(line => line.StartsWith("silo ", StringComparison.Ordinal)));
        Assert.True(LinesOfPage("docs/deploy.md").Count() >= 8, "docs/deploy.md shows fewer commands than there are");
    }

    [Fact]
    public void Deployment_WaitsLongerThanASiloMayDrain()
    {
        var silo = Kubernetes().Single(item => Text(item, "kind") == "Deployment");
        Assert.True(Drain(Container(silo)) < Number(Text(silo, "spec", "template", "spec", "terminationGracePeriodSeconds")));
        Assert.Equal(OptionOf(Words(Container(silo), "args"), "--slots"), Text(Container(silo), "resources", "limits", "cpu"));

        var compose = Compose("silo");
        Assert.True(Number(OptionOf(Words(compose, "command"), "--drain-timeout")) < Number(Text(compose, "stop_grace_period")));

        var unit = Unit();
        Assert.True(Number(OptionOf(unit["ExecStart"].Split(' '), "--drain-timeout")) < Number(unit["TimeoutStopSec"]));
        Assert.Equal("SIGTERM", unit["KillSignal"]);

        var batch = Read("slurm-silos.sh");
        Assert.True(Number(OptionOf(batch.Split(' '), "--drain-timeout")) < Number(SlurmSignal().Match(batch).Groups["seconds"].Value));

        static double Drain(YamlNode container) => Number(OptionOf(Words(container, "args"), "--drain-timeout"));
    }

    [Fact]
    public async Task SlurmScript_WithAStore_IsASiloUntilIdle()
    {
        using var workspace = new Workspace();
        Directory.CreateDirectory(workspace.File("build"));
        Directory.CreateSymbolicLink(workspace.File("build/app"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo("bash", Path.Combine(Workspace.Root, "deploy", "slurm-silos.sh")) { UseShellExecute = false, RedirectStandardError = true, WorkingDirectory = workspace.Folder };
        start.Environment["SWEEP_HOME"] = workspace.Folder;
        start.Environment["SWEEP_DB"] = workspace.File("s.db");
        start.Environment["SLURM_CPUS_PER_TASK"] = "2";
        start.Environment["SLURM_ARRAY_JOB_ID"] = "71";
        start.Environment["SLURM_ARRAY_TASK_ID"] = "3";
        using var process = Process.Start(start)!;

        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, errors);
        Assert.Contains("silo slurm-71-3: 2 slots, labels slurm", errors, StringComparison.Ordinal);
        Assert.Contains("no work is left", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docs/leases.md")]
    public void Page_TheTestsThatItNames_AreThere(string page)
    {
        var sources = Directory.GetFiles(Path.Combine(Workspace.Root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var named = NamedTest().Matches(File.ReadAllText(Path.Combine(Workspace.Root, page)));
        Assert.True(named.Count >= 25, $"{page} names {named.Count} tests");
        Assert.All(named, name => Assert.Contains(
            sources, source => IsOf(source, name.Groups["class"].Value) && source.Contains($" {name.Groups["test"].Value}(", StringComparison.Ordinal)));

        static bool IsOf(string source, string name) =>
            source.Contains($"class {name}\n", StringComparison.Ordinal) || source.Contains($"class {name} ", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_TheFilesThatItLinksTo_AreThere(string page)
    {
        var path = Path.Combine(Workspace.Root, page);
        Assert.All(
            Link().Matches(File.ReadAllText(path)).Select(link => link.Groups["file"].Value),
            file => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, file)), $"{page} links to {file}"));
    }

    /// <summary>Of indented lines and of inline code; what stands for several, and a command without what it takes, is no command line.</summary>
    private static IEnumerable<string> LinesOfPage(string page)
    {
        var text = File.ReadAllText(Path.Combine(Workspace.Root, page));
        return ShownCommand().Matches(text).Concat(InlineCommand().Matches(text)).Select(match => match.Groups["command"].Value.Split(" #")[0].Trim())
            .Where(line => !line.AsSpan().ContainsAny("[|"));
    }

    private static IEnumerable<string> LinesOfDeployment()
    {
        var words = Kubernetes().Select(item => Text(item, "kind") is "Job" or "Deployment" ? Words(Container(item), "args") : null)
            .Concat([Words(Compose("init"), "command"), Words(Compose("silo"), "command"), JsonSerializer.Deserialize<string[]>(ImageCommand().Match(Read("Dockerfile")).Groups["words"].Value)]);
        return words.OfType<IReadOnlyList<string>>().Select(line => string.Join(' ', line)).Concat(
        [
            AfterProgram(Unit()["ExecStart"]).Replace("$SILO_OPTIONS", SiloOptions().Match(Read("silo.env")).Groups["options"].Value, StringComparison.Ordinal),
            AfterProgram(ShellDefault().Replace(Read("slurm-silos.sh"), "${value}").Replace("\"", "", StringComparison.Ordinal).Split('\n').Single(line => line.StartsWith("exec ", StringComparison.Ordinal))),
        ]);
    }

    private static string AfterProgram(string line) => line[(line.IndexOf("sweep.dll", StringComparison.Ordinal) + "sweep.dll ".Length)..];

    private static string Read(string file) => File.ReadAllText(Path.Combine(Workspace.Root, "deploy", file));

    private static List<YamlNode> Documents(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Read(file)));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    private static List<YamlNode> Kubernetes() => Documents("kubernetes.yaml");

    private static YamlNode Container(YamlNode item) => item["spec"]["template"]["spec"]["containers"][0];

    private static YamlNode Compose(string service) => Assert.Single(Documents("compose.yaml"))["services"][service];

    private static string Text(YamlNode node, params string[] path) => path.Aggregate(node, (at, key) => at[key]).ToString();

    private static IReadOnlyList<string> Words(YamlNode node, string key) => [.. ((YamlSequenceNode)node[key]).Select(word => word.ToString())];

    private static Dictionary<string, string> Unit() => Read("sweep-silo.service").Split('\n')
        .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
        .Select(line => line.Split('=', 2)).GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);

    private static string OptionOf(IReadOnlyList<string> words, string option) => words[words.ToList().IndexOf(option) + 1];

    private static double Number(string text) => double.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture);

    // Those of README that begin with ./ run in Readme_EveryCommandOnTheQuickSweep_Works.
    [GeneratedRegex(@"^    (docker compose .* run --rm silo|sweep) (?<command>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShownCommand();

    [GeneratedRegex(@"`sweep (?<command>[a-z-]+ [^`…]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InlineCommand();

    [GeneratedRegex(@"--db \S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StoreOption();

    [GeneratedRegex(@"^CMD (?<words>\[.*\])$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ImageCommand();

    [GeneratedRegex(@"^SILO_OPTIONS=(?<options>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SiloOptions();

    [GeneratedRegex(@"\$\{[A-Z_]+:-(?<value>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShellDefault();

    [GeneratedRegex(@"^#SBATCH --signal=B:TERM@(?<seconds>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SlurmSignal();

    [GeneratedRegex(@"`(?<class>[A-Z][A-Za-z]+)\.(?<test>[A-Z][A-Za-z]*_\w+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
