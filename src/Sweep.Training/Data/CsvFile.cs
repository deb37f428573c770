using System.Security.Cryptography;
using System.Text;

namespace Sweep.Training.Data;

/// <summary>A file of values with a comma, a semicolon or a tab between them, read whole (RFC 4180: quotes, doubled quotes, separators and line ends within quotes).</summary>
/// <remarks>
/// Blanks around a value are removed, quoted or not; empty lines are skipped, and so are columns at the end that are empty in every row.
/// UTF-8, with or without its mark.
/// </remarks>
internal sealed class CsvFile
{
    private static readonly char[] Separators = [',', ';', '\t'];

    private readonly string _text;
    private char _separator = Separators[0];
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
    /// <param name="path">The file.</param>
    /// <param name="separator">What is between values; null to look for it.</param>
    /// <exception cref="TrainingException">The file cannot be read, is no UTF-8, holds nothing, has rows of different lengths, or more than one separator fits.</exception>
    public static CsvFile Read(string path, char? separator = null)
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

        file.ReadRows(separator ?? file.FindSeparator());
        file.RemoveEmptyColumns();
        return file.Rows.Count > 0 ? file : throw new TrainingException($"{path}: the file is empty");
    }

    /// <summary>A separator as messages and the setting name it.</summary>
    public static string NameOf(char separator) => separator switch { ',' => "comma", ';' => "semicolon", _ => "tab" };

    public TrainingException Error(int line, string what) => new($"{Path}:{line}: {what}");

    // Of those in the first line, outside of quotes, the one by which all rows have the same number of values.
    private char FindSeparator()
    {
        var line = _text.AsSpan().TrimStart("\r\n");
        var (isQuoted, end) = (false, 0);
        for (; end < line.Length && (isQuoted || line[end] is not ('\r' or '\n')); end++)
        {
            isQuoted ^= line[end] == '"';
        }

        var first = line[..end].ToString();
        char[] found = [.. Separators.Where(s => IsOutsideQuotes(first, s))];
        char[] fitting = found.Length < 2 ? found : [.. found.Where(Fits)];
        return fitting.Length < 2
            ? (fitting.Length == 1 ? fitting : [.. found, Separators[0]])[0]
            : throw new TrainingException($"{Path}: {string.Join(" or ", fitting.Select(NameOf))} may be what separates values: set task.separator");
    }

    private static bool IsOutsideQuotes(string line, char separator) =>
        line.Split('"').Where((_, i) => i % 2 == 0).Any(part => part.Contains(separator, StringComparison.Ordinal));

    private bool Fits(char separator)
    {
        try
        {
            ReadRows(separator);
            return true;
        }
        catch (TrainingException)
        {
            return false;
        }
    }

    private void RemoveEmptyColumns()
    {
        var empty = Rows.Count == 0 ? 0 : Rows.Min(r => r.Values.Length - 1 - Math.Max(0, Array.FindLastIndex(r.Values, v => v.Length > 0)));
        for (var i = 0; i < Rows.Count && empty > 0; i++)
        {
            Rows[i] = (Rows[i].Line, Rows[i].Values[..^empty]);
        }
    }

    private void ReadRows(char separator)
    {
        (_separator, _at, _line) = (separator, 0, 1);
        Rows.Clear();
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
                throw Error(line, $"{values.Length} values, but line {Rows[0].Line} has {Rows[0].Values.Length}; the separator is a {NameOf(_separator)}");
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
            if (_at < _text.Length && _text[_at] == _separator)
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
        while (_at < _text.Length && _text[_at] is ' ' or '\t' && _text[_at] != _separator)
        {
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '"')
        {
            return ReadQuoted();
        }

        var end = _text.AsSpan(_at).IndexOfAny(_separator, '\r', '\n');
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
                var end = _text.AsSpan(++_at).IndexOfAny(_separator, '\r', '\n');
                var rest = end < 0 ? _text.AsSpan(_at) : _text.AsSpan(_at, end);
                _at += rest.Length;
                return rest.IsWhiteSpace() ? value.ToString().Trim() : throw Error(_line, $"'{rest}' follows a closing quote");
            }
        }

        throw Error(line, "a quote is opened here and never closed");
    }
}
