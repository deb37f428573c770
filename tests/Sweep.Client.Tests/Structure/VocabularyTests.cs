using System.Text.RegularExpressions;
using Sweep.Client.Tests.EndToEnd;

namespace Sweep.Client.Tests.Structure;

/// <summary>
/// <c>tests/vocabulary.txt</c> lists identifiers and phrases that are not allowed. Identifiers are checked in all of src/, as whole
/// identifiers outside comments and strings. Phrases are checked in the pages of <see cref="Pages"/>, without their code, and in all
/// text of the source files of <see cref="Folders"/>; add a folder there when its text is reworded.
/// </summary>
public sealed partial class VocabularyTests
{
    private static readonly string[] Pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md", "sweeps/README.md"];

    private static readonly string[] Folders = ["src/Sweep.Client"];

    [Fact]
    public void Identifiers_OfTheList_AreNotDeclared()
    {
        var banned = Section("identifiers").ToHashSet(StringComparer.Ordinal);
        Assert.Empty(
            from file in SourceFiles.In("src")
            from Match name in Identifier().Matches(CommentOrString().Replace(File.ReadAllText(file), " "))
            where banned.Contains(name.Value)
            select $"{file}: {name.Value}");
    }

    [Fact]
    public void Phrases_OfTheList_AreNotInPages()
    {
        var pages = Pages.Select(page => Path.Combine(Workspace.Root, page))
            .Concat(Directory.GetFiles(Path.Combine(Workspace.Root, "docs"), "*.md"))
            .Concat(Directory.GetFiles(Path.Combine(Workspace.Root, "deploy")));
        Assert.Empty(pages.SelectMany(page => Find(page, PageCode().Replace(File.ReadAllText(page), " "))));
    }

    [Fact]
    public void Phrases_OfTheList_AreNotInCommentsAndMessages() => Assert.Empty(
        Folders.SelectMany(SourceFiles.In).SelectMany(file => Find(file, File.ReadAllText(file))));

    [Theory]
    [InlineData("the silo that goes on", true)]
    [InlineData("the silo that goes\n/// on", true)]
    [InlineData("Goes on.", true)]
    [InlineData("cargoes on board", false)]
    public void Phrase_IsFoundAcrossLinesAndAsWholeWords(string text, bool isFound) => Assert.Equal(isFound, Find("file", text).Any());

    private static IEnumerable<string> Find(string file, string text)
    {
        var line = Space().Replace(text, " ");
        return Section("phrases").Where(phrase => Regex.IsMatch(line, $@"\b{Regex.Escape(phrase)}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(10)))
            .Select(phrase => $"{file}: {phrase}");
    }

    private static List<string> Section(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(Workspace.Root, "tests", "vocabulary.txt"));
        var section = lines.SkipWhile(line => line != $"[{name}]").Skip(1).TakeWhile(line => !line.StartsWith('['))
            .Where(line => line.Length > 0).ToList();
        Assert.NotEmpty(section);
        return section;
    }

    [GeneratedRegex(@"[A-Za-z_]\w*", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Identifier();

    [GeneratedRegex("""
        //.*$|/\*[\s\S]*?\*/|\""\"[\s\S]*?\""\"|"(\\.|[^"\\\n])*"
        """, RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex CommentOrString();

    // Fenced blocks and inline code: names of the program are not prose.
    [GeneratedRegex(@"^```[\s\S]*?^```|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex PageCode();

    // The marks of comments at the beginning of a line count as space.
    [GeneratedRegex(@"(\s|^\s*(///?|#|>))+", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Space();
}
