using System.Text;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;

namespace Sweep.Client.Commands;

/// <summary>Reads and checks a sweep file.</summary>
internal static class SpecSource
{
    /// <summary>The maximum size of a sweep file in bytes.</summary>
    private const int MaxLength = 1 << 24;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads and checks the spec of a file.</summary>
    /// <exception cref="NotFoundException">The file does not exist.</exception>
    /// <exception cref="BadSpecException">The file has errors; the exception has all of them.</exception>
    public static SpecResult Load(string path)
    {
        string text;
        try
        {
            text = ReadText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotFoundException($"{path}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException(Directory.Exists(path) ? $"{path} is a folder, not a sweep file" : $"{path} cannot be read: {e.Message}");
        }

        return Parse(text, path);
    }

    private static string ReadText(string path)
    {
        using var stream = File.OpenRead(path);
        var bytes = new byte[MaxLength + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MaxLength)
        {
            throw new BadSpecException([new SpecError(path, 1, "", $"longer than {MaxLength >> 20} MiB: not a sweep file")]);
        }

        try
        {
            using var reader = new StreamReader(new MemoryStream(bytes, 0, length), Strict);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            var line = 1;
            var text = bytes.AsSpan(0, length);
            foreach (var range in text.Split((byte)'\n'))
            {
                if (!System.Text.Unicode.Utf8.IsValid(text[range]))
                {
                    break;
                }

                line++;
            }

            throw new BadSpecException([new SpecError(path, line, "", "not valid UTF-8")]);
        }
    }

    /// <summary>Reads and checks the spec of a text from a file or from the store.</summary>
    public static SpecResult Parse(string text, string file)
    {
        var result = SpecReader.Read(text, file, TaskCatalogues.Create);
        var errors = result.Spec is null ? result.Errors : TaskCatalogues.Check(result.Spec);
        return errors.Count > 0 ? throw new BadSpecException(errors) : result;
    }
}
