namespace Sweep.Training.Data;

/// <summary>A column of a CSV file as features: a number, standardised, or one feature for each name that it holds.</summary>
/// <remarks>All values of the training file are numbers, or none is; a column of numbers may be declared to be one of names.</remarks>
internal sealed class CsvColumn
{
    private const int MostNames = 1000;

    private readonly CsvCells _cells;
    private readonly Dictionary<string, int>? _names;
    private readonly Standardization? _standard;

    /// <summary>Learns from the training file what the column holds.</summary>
    public CsvColumn(CsvFile file, CsvCells cells, bool isCategorical, bool isNumeric, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        _cells = cells;
        cells.RequireValues(file, rows);
        var advice = "correct these rows or remove them" + (isNumeric ? "" : "; if the column holds names, list it in task.categorical");
        if (!isCategorical && cells.FindNumbers(file, rows, isNumeric, advice) is { } numbers)
        {
            _standard = Standardization.Of(numbers);
        }
        else
        {
            _names = Names(file, rows);
        }
    }

    /// <summary>How many features it becomes.</summary>
    public int Width => _names?.Count ?? 1;

    /// <summary>Writes a row's features; <paramref name="features"/> holds zeros.</summary>
    /// <exception cref="TrainingException">No value, no number, or a name that the training file lacks.</exception>
    public void Write(CsvFile file, (int Line, string[] Values) row, Span<float> features)
    {
        var text = _cells.At(row);
        if (text.Length == 0)
        {
            throw _cells.Error(file, row.Line, "the value is missing");
        }

        if (_standard is not null)
        {
            var number = _cells.Numbers.Parse(text) ?? throw _cells.Error(file, row.Line, $"'{text}' is not a number, as all values of the training file are");
            features[0] = (float)_standard.Apply(number);
            if (!float.IsFinite(features[0]))
            {
                throw _cells.Error(file, row.Line, $"'{text}' is too far from the values of the training file: mean {_standard.Mean:G4}, deviation {_standard.Deviation:G4}");
            }
        }
        else if (_names!.TryGetValue(text, out var at))
        {
            features[at] = 1;
        }
        else
        {
            throw _cells.Error(file, row.Line, $"'{text}' is none of the {_names.Count} names that the training file holds");
        }
    }

    private Dictionary<string, int> Names(CsvFile file, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (names.Add(_cells.At(row)) && names.Count > MostNames)
            {
                throw _cells.Error(file, row.Line, $"more than {MostNames} different names; leave it out with task.columns");
            }
        }

        return names.Select((value, i) => (value, i)).ToDictionary(n => n.value, n => n.i, StringComparer.Ordinal);
    }
}
