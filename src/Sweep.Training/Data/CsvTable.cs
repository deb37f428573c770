using System.Globalization;
using System.Runtime.InteropServices;

namespace Sweep.Training.Data;

/// <summary>What a training file's columns mean; it reads that file and its test file alike.</summary>
internal sealed class CsvTable
{
    private readonly DatasetOptions _options;
    private readonly bool _hasHeader;
    private readonly string[] _header;
    private readonly CsvLabel _label;
    private readonly List<CsvColumn> _columns = [];

    private CsvTable(CsvFile file, DatasetOptions options)
    {
        var numbers = new CsvNumbers(options.DecimalComma);
        _options = options;
        _hasHeader = options.Header ?? (CsvHeader.LooksLikeData(file, numbers)
            ? throw file.Error(file.Rows[0].Line, "the first line looks like data, not like names of columns: task.header: false when it is data, true when it is names")
            : true);
        _header = _hasHeader ? file.Rows[0].Values : [.. Enumerable.Range(1, file.Rows[0].Values.Length).Select(n => n.ToString(CultureInfo.InvariantCulture))];
        CsvHeader.ThrowIfAmbiguous(file, _header);

        var rows = Rows(file);
        var label = options.Label is { } name ? Find(file, name, "task.label") : _header.Length - 1;
        int[] features = options.Columns.Count > 0
            ? [.. options.Columns.Select(name => Find(file, name, "task.columns"))]
            : [.. Enumerable.Range(0, _header.Length).Where(i => i != label)];
        if (features.Length == 0 || features.Contains(label))
        {
            throw file.Error(file.Rows[0].Line, features.Length == 0 ? "there is no column beside the label" : $"task.columns: {_header[label]} is the label");
        }

        var categorical = options.Categorical.Select(name => Find(file, name, "task.categorical")).ToHashSet();
        var numeric = options.Numeric.Select(name => Find(file, name, "task.numeric")).ToHashSet();
        if (categorical.Intersect(numeric).Select(i => (int?)i).FirstOrDefault() is { } both)
        {
            throw new TrainingException($"task.numeric: {_header[both]} is in task.categorical too");
        }

        foreach (var i in features)
        {
            if (_header[i].Length == 0)
            {
                throw file.Error(file.Rows[0].Line, $"column {i + 1} has no name, as the numbers of rows that some programs write: name it, or leave it out with task.columns");
            }

            _columns.Add(new CsvColumn(file, new CsvCells($"column {_header[i]}", i, numbers), categorical.Contains(i), numeric.Contains(i), rows));
        }

        _label = new CsvLabel(file, new CsvCells($"label {_header[label]}", label, numbers), options.PredictsNumbers, categorical.Contains(label), rows);
        Features = _columns.Sum(c => c.Width);
    }

    /// <summary>Features of a row.</summary>
    public int Features { get; }

    /// <summary>Loads a file as a data set, and checks its test file, which is read again when it is asked for.</summary>
    /// <exception cref="TrainingException">A file is bad: which, on which line, in which column.</exception>
    public static Dataset Load(string name, string path, DatasetOptions options)
    {
        var file = CsvFile.Read(path, options.Separator);
        var table = new CsvTable(file, options);
        var train = table.Encode(file);
        if (options.TestPath is { } test)
        {
            table.Encode(table.ReadTest(test));
        }

        return Dataset.OfRows(
            name, table.Features, table._label.ClassCount, train, options.TestPath is { } later ? () => table.Encode(table.ReadTest(later)) : null, options.PredictsNumbers);
    }

    private CsvFile ReadTest(string path)
    {
        var file = CsvFile.Read(path, _options.Separator);
        return file.Rows[0].Values.Length != _header.Length ? throw file.Error(file.Rows[0].Line, $"{file.Rows[0].Values.Length} columns; the training file has {_header.Length}")
            : _hasHeader && !file.Rows[0].Values.SequenceEqual(_header, StringComparer.Ordinal) ? throw file.Error(file.Rows[0].Line, "the columns are not called as in the training file")
            : file;
    }

    private ReadOnlySpan<(int Line, string[] Values)> Rows(CsvFile file)
    {
        var rows = CollectionsMarshal.AsSpan(file.Rows)[(_hasHeader ? 1 : 0)..];
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
        var targets = _label.PredictsNumbers ? new double[rows.Length] : null;
        for (var r = 0; r < rows.Length; r++)
        {
            var features = values.AsSpan(r * Features, Features);
            foreach (var column in _columns)
            {
                column.Write(file, rows[r], features[..column.Width]);
                features = features[column.Width..];
            }

            labels[r] = targets is null ? _label.Class(file, rows[r]) : 0;
            if (targets is not null)
            {
                targets[r] = _label.Number(file, rows[r]);
            }
        }

        return new LabelledImages(values, labels, [file.File]) { Targets = targets };
    }
}
