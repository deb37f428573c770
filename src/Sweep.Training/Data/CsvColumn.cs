using System.Globalization;

namespace Sweep.Training.Data;

/// <summary>A column of a CSV file as features: a number, standardised, or one feature for each name that it holds.</summary>
/// <remarks>A column is one of numbers when its first value is a number and it is not said to be categorical.</remarks>
internal sealed class CsvColumn
{
    private const int MostNames = 1000;

    private readonly int _index;
    private readonly string _name;
    private readonly Dictionary<string, int>? _names;
    private readonly double _mean;
    private readonly double _deviation = 1;

    /// <summary>Learns from the training file what the column holds.</summary>
    public CsvColumn(CsvFile file, int index, string name, bool isCategorical, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        (_index, _name) = (index, name);
        if (isCategorical || Number(rows[0].Values[index]) is null)
        {
            _names = Names(file, rows);
            return;
        }

        // Two passes in the order of the rows: the same bits wherever it runs.
        double sum = 0, squares = 0;
        foreach (var row in rows)
        {
            sum += Number(file, row);
        }

        _mean = sum / rows.Length;
        foreach (var row in rows)
        {
            var d = Number(file, row) - _mean;
            squares += d * d;
        }

        _deviation = squares > 0 ? Math.Sqrt(squares / rows.Length) : 1;
    }

    /// <summary>How many features it becomes.</summary>
    public int Width => _names?.Count ?? 1;

    /// <summary>A value as a finite number, or null.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>Writes a row's features; <paramref name="features"/> holds zeros.</summary>
    /// <exception cref="TrainingException">No value, no number, or a name that the training file lacks.</exception>
    public void Write(CsvFile file, (int Line, string[] Values) row, Span<float> features)
    {
        if (_names is null)
        {
            features[0] = (float)((Number(file, row) - _mean) / _deviation);
        }
        else if (_names.TryGetValue(row.Values[_index], out var at))
        {
            features[at] = 1;
        }
        else
        {
            throw file.Error(row.Line, $"column {_name}: '{row.Values[_index]}' is none of the {_names.Count} names that the training file holds");
        }
    }

    private double Number(CsvFile file, (int Line, string[] Values) row)
    {
        var text = row.Values[_index];
        return Number(text) ?? throw file.Error(row.Line, text.Length == 0
            ? $"column {_name}: the value is missing"
            : $"column {_name}: '{text}' is not a number; if the column holds names, list it in task.categorical");
    }

    private Dictionary<string, int> Names(CsvFile file, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (line, values) in rows)
        {
            if (values[_index].Length == 0)
            {
                throw file.Error(line, $"column {_name}: the value is missing");
            }

            if (names.Add(values[_index]) && names.Count > MostNames)
            {
                throw file.Error(line, $"column {_name}: more than {MostNames} different names; leave it out with task.columns");
            }
        }

        return names.Select((value, i) => (value, i)).ToDictionary(n => n.value, n => n.i, StringComparer.Ordinal);
    }
}
