using System.Security.Cryptography;
using System.Text;

namespace Sweep.Training.Data;

/// <summary>The characters of a text, for the prediction of the next one.</summary>
/// <remarks>
/// A character is a Unicode code point; its class is its place among the text's characters in the order of their numbers. The last
/// tenth of the text is the test set, so that no window reaches from one part into another.
/// </remarks>
internal static class TextData
{
    private const int MostCharacters = 1000;
    private const int TestShare = 10;

    /// <summary>Loads a text.</summary>
    /// <exception cref="TrainingException">The file cannot be read, is no UTF-8, too short, or of one character alone or too many different ones.</exception>
    public static Dataset Load(string name, string path, DatasetOptions options)
    {
        var bytes = Read(path);
        var text = Decode(path, bytes);
        int[] all = [.. text.EnumerateRunes().Select(r => r.Value)];
        int[] alphabet = [.. all.Distinct().Order()];
        var test = all.Length / TestShare;
        if (alphabet.Length < 2)
        {
            throw new TrainingException(alphabet.Length == 0 ? $"{path}: the file is empty" : $"{path}: the only character is '{new Rune(alphabet[0])}'");
        }

        if (alphabet.Length > MostCharacters)
        {
            throw new TrainingException($"{path}: more than {MostCharacters} different characters; a class for each is not what you want");
        }

        if (test <= options.Window)
        {
            throw new TrainingException(
                $"{path}: {all.Length} characters are too few for task.window {options.Window}: the last tenth, which tests, needs {options.Window + 1}");
        }

        var numbers = alphabet.Index().ToDictionary(a => a.Item, a => a.Index);
        DataFile[] files = [new(Path.GetFileName(path), Path.GetFullPath(path), bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)))];
        return Dataset.OfWindows(name, options.Window, alphabet.Length, Part(all.AsSpan(..^test)), Part(all.AsSpan(^test..)));

        LabelledImages Part(ReadOnlySpan<int> characters)
        {
            var symbols = GC.AllocateUninitializedArray<int>(characters.Length, pinned: true);
            for (var i = 0; i < symbols.Length; i++)
            {
                symbols[i] = numbers[characters[i]];
            }

            return new LabelledImages(symbols, options.Window, files);
        }
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    private static string Decode(string path, byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + bytes.AsSpan(0, e.Index).Count((byte)'\n');
            throw new TrainingException($"{path}:{line}: is not UTF-8: {e.Message}", e);
        }
    }
}
