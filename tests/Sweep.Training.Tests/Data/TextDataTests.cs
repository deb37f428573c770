using System.Text;
using Sweep.Training.Data;

namespace Sweep.Training.Tests.Data;

/// <summary>Texts whose next characters are predicted.</summary>
public sealed class TextDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sweep-text-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_Text_NumbersItsCharactersInTheirOrder()
    {
        var set = Load("\ufeffba\nπ😀" + new string('b', 35), 3);

        // \n, a, b, π, 😀; the last tenth of 40 characters tests.
        Assert.Equal((5, 15, 3), (set.ClassCount, set.Features, set.Window));
        Assert.Equal([2, 1, 0, 3, 4, 2], set.Train.Symbols![..6]);
        Assert.Equal((36, 33), (set.Train.Symbols!.Length, set.Train.Count));
        Assert.Equal([3L, 4, 2], set.Train.Labels[..3]);
        Assert.Equal((4, 1), (set.GetTest().Symbols!.Length, set.GetTest().Count));
        Assert.Equal("text.txt", Assert.Single(set.Train.Files).Name);
    }

    [Theory]
    [InlineData(100, 5, 0.1)]
    [InlineData(57, 3, 0.3)]
    public void Split_OfWindows_HasNoCharacterOnBothSides(int characters, int window, double fraction)
    {
        var split = Split.Windows(characters - window, window, fraction);
        HashSet<int> Seen(int[] rows) => [.. rows.SelectMany(r => Enumerable.Range(r, window + 1))];
        var (train, validation) = (Seen(split.Train), Seen(split.Validation));

        Assert.False(train.Overlaps(validation));
        Assert.Equal(Enumerable.Range(0, characters), train.Concat(validation).Order());
        Assert.Equal((int)Math.Round(characters * fraction, MidpointRounding.AwayFromZero), validation.Count);
    }

    [Theory]
    [InlineData(0.03)]
    [InlineData(0.97)]
    public void Split_WithoutAWindowOnOneSide_IsRefused(double fraction) => Assert.Contains(
        "of 100 symbols leaves one side without a window of 5", Assert.Throws<TrainingException>(() => Split.Windows(95, 5, fraction)).Message);

    [Theory]
    [InlineData("", "text.txt: the file is empty")]
    [InlineData("aaaa", "text.txt: the only character is 'a'")]
    [InlineData("abcabcabcabcabcabcabc", "text.txt: 21 characters are too few for task.window 3: the last tenth, which tests, needs 4")]
    public void Load_BadText_SaysWhatIsWrong(string text, string message) =>
        Assert.EndsWith(message, Assert.Throws<TrainingException>(() => Load(text, 3)).Message);

    [Fact]
    public void Load_NotUtf8_SaysOnWhichLine()
    {
        var path = Path.Combine(_folder, "latin.txt");
        File.WriteAllBytes(path, [.. Encoding.ASCII.GetBytes("one\ntwo "), 0xe9, .. Encoding.ASCII.GetBytes(" three")]);
        Assert.StartsWith(path + ":2: is not UTF-8", Assert.Throws<TrainingException>(() => LoadFile(path, 3)).Message);
    }

    [Fact]
    public void Load_TooManyCharacters_IsRefused()
    {
        var text = string.Concat(Enumerable.Range(0x4e00, 1001).Select(c => (char)c));
        Assert.Contains("more than 1000 different characters", Assert.Throws<TrainingException>(() => Load(text, 3)).Message);
    }

    private Dataset Load(string text, int window)
    {
        File.WriteAllText(Path.Combine(_folder, "text.txt"), text);
        return LoadFile(Path.Combine(_folder, "text.txt"), window);
    }

    private Dataset LoadFile(string path, int window) =>
        DatasetRegistry.Load(DatasetRegistry.TextPrefix + path, new DatasetLocations(null, _folder), new DatasetOptions { Window = window });
}
