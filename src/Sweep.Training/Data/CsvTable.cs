using System.Globalization;
using System.Runtime.InteropServices;

namespace Sweep.Training.Data;

/// <summary>What a training file's columns mean; it reads that file and its test file alike.</summary>
internal sealed class CsvTable
{
    private const int MostClasses = 1000;

    private readonly DatasetOptions _options;
    private readonly string[] _header;
    private readonly int _label;
    private readonly Dictionary<string, long>? _classes;
    private readonly List<CsvColumn> _columns = [];

    private CsvTable(CsvFile file, DatasetOptions options)
    {
        _options = options;
        _header = options.Header ? file.Rows[0].Values : [.. Enumerable.Range(1, file.Rows[0].Values.Length).Select(n => n.ToString(CultureInfo.InvariantCulture))];
        if (_header.Length != _header.Distinct(StringComparer.Ordinal).Count())
        {
            throw file.Error(file.Rows[0].Line, $"two columns are called {_header.GroupBy(n => n, StringComparer.Ordinal).First(g => g.Count() > 1).Key}");
        }

        var rows = Rows(file);
        _label = options.Label is { } label ? Find(file, label, "task.label") : _header.Length - 1;
        int[] features = options.Columns.Count > 0
            ? [.. options.Columns.Select(name => Find(file, name, "task.columns"))]
            : [.. Enumerable.Range(0, _header.Length).Where(i => i != _label)];
        if (features.Length == 0 || features.Contains(_label))
        {
            throw file.Error(file.Rows[0].Line, features.Length == 0 ? "there is no column beside the label" : $"task.columns: {_header[_label]} is the label");
        }

        var categorical = options.Categorical.Select(name => Find(file, name, "task.categorical")).ToHashSet();
        foreach (var i in features)
        {
            _columns.Add(new CsvColumn(file, i, _header[i], categorical.Contains(i), rows));
        }

        _classes = options.PredictsNumbers ? null : Classes(file, rows);
        Features = _columns.Sum(c => c.Width);
    }

    /// <summary>Features of a row.</summary>
    public int Features { get; }

    /// <summary>1 where the label is a number.</summary>
    public int ClassCount => _classes?.Count ?? 1;

    /// <summary>Loads a file as a data set; its test file when that is asked for.</summary>
    /// <exception cref="TrainingException">A file is bad: which, on which line, in which column.</exception>
    public static Dataset Load(string name, string path, DatasetOptions options)
    {
        var file = CsvFile.Read(path);
        var table = new CsvTable(file, options);
        var train = table.Encode(file);
        if (options.PredictsNumbers && train.Targets!.All(t => t == train.Targets![0]))
        {
            throw file.Error(file.Rows[options.Header ? 1 : 0].Line, $"label {table._header[table._label]}: all rows have the one number {train.Targets![0]}");
        }

        return Dataset.OfRows(
            name, table.Features, table.ClassCount, train, options.TestPath is { } test ? () => table.Encode(table.ReadTest(test)) : null, options.PredictsNumbers);
    }

    private CsvFile ReadTest(string path)
    {
        var file = CsvFile.Read(path);
        return file.Rows[0].Values.Length != _header.Length ? throw file.Error(file.Rows[0].Line, $"{file.Rows[0].Values.Length} columns; the training file has {_header.Length}")
            : _options.Header && !file.Rows[0].Values.SequenceEqual(_header, StringComparer.Ordinal) ? throw file.Error(file.Rows[0].Line, "the columns are not called as in the training file")
            : file;
    }

    private ReadOnlySpan<(int Line, string[] Values)> Rows(CsvFile file)
    {
        var rows = CollectionsMarshal.AsSpan(file.Rows)[(_options.Header ? 1 : 0)..];
        return rows.Length > 0 ? rows : throw file.Error(file.Rows[0].Line, "no row follows the header");
    }

    private int Find(CsvFile file, string name, string setting) =>
        Array.IndexOf(_header, name) is >= 0 and var i
            ? i
            : throw new TrainingException($"{setting}: {file.Path} has no column {name}; it has {string.Join(", ", _header.Take(20))}{(_header.Length > 20 ? " …" : "")}");

    private LabelledImages Encode(CsvFile file)
    {
        var rows = Rows(file);
        var values = GC.AllocateArray<float>(checked(rows.Length * Features), pinned: true);
        var labels = GC.AllocateUninitializedArray<long>(rows.Length, pinned: true);
        var targets = new float[rows.Length];
        var areNumbers = true;
        for (var r = 0; r < rows.Length; r++)
        {
            var features = values.AsSpan(r * Features, Features);
            foreach (var column in _columns)
            {
                column.Write(file, rows[r], features[..column.Width]);
                features = features[column.Width..];
            }

            var text = rows[r].Values[_label];
            labels[r] = Label(file, rows[r].Line, text);
            areNumbers &= CsvColumn.Number(text) is { };
            targets[r] = (float)(CsvColumn.Number(text) ?? 0);
        }

        return new LabelledImages(values, labels, [file.File]) { Targets = areNumbers ? targets : null };
    }

    private long Label(CsvFile file, int line, string text)
    {
        if (_classes is { } classes)
        {
            return classes.TryGetValue(text, out var label)
                ? label
                : throw file.Error(line, $"label {_header[_label]}: '{text}' is none of the {classes.Count} classes of the training file");
        }

        return CsvColumn.Number(text) is { } number
            ? float.IsFinite((float)number) ? 0 : throw file.Error(line, $"label {_header[_label]}: '{text}' is too large a number")
            : throw file.Error(line, text.Length == 0
                ? $"label {_header[_label]}: the value is missing"
                : $"label {_header[_label]}: '{text}' is not a number; task.predict: class takes names");
    }

    // Whole numbers in their order, else names in theirs.
    private Dictionary<string, long> Classes(CsvFile file, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, values) in rows)
        {
            var text = values[_label];
            if (text.Length == 0)
            {
                throw file.Error(line, $"label {_header[_label]}: the value is missing");
            }

            if (names.Add(text) && names.Count > MostClasses)
            {
                throw file.Error(line, $"label {_header[_label]}: more than {MostClasses} different values; a class for each is not what you want");
            }
        }

        var areWhole = names.All(n => long.TryParse(n, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        var ordered = areWhole ? names.OrderBy(n => long.Parse(n, CultureInfo.InvariantCulture)).ThenBy(n => n, StringComparer.Ordinal) : names.Order(StringComparer.Ordinal);
        return names.Count > 1
            ? ordered.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => (long)p.i, StringComparer.Ordinal)
            : throw file.Error(rows[0].Line, $"label {_header[_label]}: all rows are of the one class '{rows[0].Values[_label]}'");
    }
}
