using System.Xml.Linq;
using Sweep.Client.Tests.EndToEnd;

namespace Sweep.Client.Tests.Structure;

/// <summary>Which project may reference which: references go one way (docs/architecture.md).</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Sweep.Search"] = [],
        ["Sweep.Store"] = ["Sweep.Search"],
        ["Sweep.Grains"] = ["Sweep.Store"],
        ["Sweep.Torch"] = [],
        ["Sweep.Training"] = ["Sweep.Search", "Sweep.Torch"],
        ["Sweep.Silo"] = ["Sweep.Grains", "Sweep.Training"],
        ["Sweep.Client"] = ["Sweep.Silo"],
    };

    [Fact]
    public void Projects_ReferenceOnlyWhatTheyMay()
    {
        var projects = Directory.GetFiles(Path.Combine(Workspace.Root, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), projects.Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal));
        foreach (var project in projects)
        {
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Equal(Allowed[Path.GetFileNameWithoutExtension(project)].Order(StringComparer.Ordinal), references.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("Sweep.Search", "System.Threading.Tasks", "ILogger", "TimeProvider", "Stopwatch", "System.IO", "File.")]
    [InlineData("Sweep.Training/Schedules", "System.Threading.Tasks", "ILogger", "TimeProvider", "Stopwatch", "System.IO", "File.")]
    public void PureFolders_NameNothingImpure(string folder, params string[] words)
    {
        foreach (var file in SourceFiles.In($"src/{folder}"))
        {
            var text = File.ReadAllText(file);
            Assert.All(words, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{file} names {word}"));
        }
    }
}
