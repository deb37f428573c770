using System.Security.Cryptography;
using System.Text;

namespace Sweep.Training.Data;

/// <summary>A file of comma-separated values, read whole (RFC 4180: quotes, doubled quotes, commas and line ends within quotes).</summary>
/// <remarks>Blanks around a value that is not quoted are taken off; empty lines are passed over. UTF-8, with or without its mark.</remarks>
internal sealed class CsvFile
{
    private readonly string _text;
    private int _at;
    private int _line = 1;

    private CsvFile(string path, byte[] bytes)
    {
        Path = path;
        File = new DataFile(
            System.IO.Path.GetFileName(path), System.IO.Path.GetFullPath(path), bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        try
        {
            _text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException e)
        {
            throw new TrainingException($"{path}: is not UTF-8: {e.Message}", e);
        }
    }

    public string Path { get; }

    public DataFile File { get; }

    /// <summary>The rows, each with the line that it begins on.</summary>
    public List<(int Line, string[] Values)> Rows { get; } = [];

    /// <summary>Reads a file to its end.</summary>
    /// <exception cref="TrainingException">The file cannot be read, is no UTF-8, holds nothing, or has rows of different lengths.</exception>
    public static CsvFile Read(string path)
    {
        CsvFile file;
        try
        {
            file = new CsvFile(path, System.IO.File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"{path}: cannot be read: {e.Message}", e);
        }

        file.ReadRows();
        return file.Rows.Count > 0 ? file : throw new TrainingException($"{path}: the file is empty");
    }

    public TrainingException Error(int line, string what) => new($"{Path}:{line}: {what}");

    private void ReadRows()
    {
        while (_at < _text.Length)
        {
            var line = _line;
            var values = ReadRow();
            if (values is [{ Length: 0 }])
            {
                continue;
            }

            if (Rows.Count > 0 && values.Length != Rows[0].Values.Length)
            {
                throw Error(line, $"{values.Length} values, but line {Rows[0].Line} has {Rows[0].Values.Length}");
            }

            Rows.Add((line, values));
        }
    }

    private string[] ReadRow()
    {
        var values = new List<string>(Rows.Count > 0 ? Rows[0].Values.Length : 8);
        while (true)
        {
            values.Add(ReadValue());
            if (_at < _text.Length && _text[_at] == ',')
            {
                _at++;
                continue;
            }

            EndLine();
            return [.. values];
        }
    }

    private void EndLine()
    {
        if (_at < _text.Length && _text[_at] == '\r')
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '\n')
        {
            _at++;
        }

        _line++;
    }

    private string ReadValue()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t')
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '"')
        {
            return ReadQuoted();
        }

        var end = _text.AsSpan(_at).IndexOfAny(",\r\n");
        var value = end < 0 ? _text.AsSpan(_at) : _text.AsSpan(_at, end);
        _at += value.Length;
        return value.Trim().ToString();
    }

    private string ReadQuoted()
    {
        var (line, value) = (_line, new StringBuilder());
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != '"')
            {
                _line += _text[_at] == '\n' ? 1 : 0;
                value.Append(_text[_at]);
            }
            else if (_at + 1 < _text.Length && _text[_at + 1] == '"')
            {
                value.Append(_text[_at++]);
            }
            else
            {
                var end = _text.AsSpan(++_at).IndexOfAny(",\r\n");
                var rest = end < 0 ? _text.AsSpan(_at) : _text.AsSpan(_at, end);
                _at += rest.Length;
                return rest.IsWhiteSpace() ? value.ToString() : throw Error(_line, $"'{rest}' follows a closing quote");
            }
        }

        throw Error(line, "a quote is opened here and never closed");
    }
}
