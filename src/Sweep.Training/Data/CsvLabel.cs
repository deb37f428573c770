using System.Globalization;

namespace Sweep.Training.Data;

/// <summary>The column of a CSV file that is predicted: its classes, or the numbers as they are.</summary>
/// <remarks>
/// Classes are the different values of the training file. Where all of them are numbers, equal numbers are one class however they are
/// written, in the order of the numbers, unless the label is declared to hold names.
/// </remarks>
internal sealed class CsvLabel
{
    private const int MostClasses = 1000;

    // So many different numbers, or one for two rows, are quantities rather than classes.
    private const int MostFractions = 20;

    private readonly CsvCells _cells;
    private readonly bool _areNumbers;
    private readonly Dictionary<string, long> _classes = [];

    /// <summary>Learns from the training file what the label holds.</summary>
    public CsvLabel(CsvFile file, CsvCells cells, bool predictsNumbers, bool isCategorical, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        (_cells, PredictsNumbers) = (cells, predictsNumbers);
        cells.RequireValues(file, rows);
        var advice = predictsNumbers ? "task.predict: class takes names" : "correct these rows or remove them; if the label holds names, list it in task.categorical";
        var numbers = isCategorical && !predictsNumbers ? null : cells.FindNumbers(file, rows, predictsNumbers, advice);
        _areNumbers = numbers is not null;
        if (!predictsNumbers)
        {
            _classes = Classes(file, rows);
        }
        else if (numbers.AsSpan().ContainsAnyExcept(numbers![0]))
        {
            return;
        }
        else
        {
            throw cells.Error(file, rows[0].Line, $"all rows have the one number {cells.At(rows[0])}");
        }
    }

    /// <summary>Whether it is a number to predict, not a class.</summary>
    public bool PredictsNumbers { get; }

    /// <summary>1 where a number is predicted.</summary>
    public int ClassCount => PredictsNumbers ? 1 : _classes.Count;

    /// <summary>The class of a row.</summary>
    /// <exception cref="TrainingException">The training file has no such class.</exception>
    public long Class(CsvFile file, (int Line, string[] Values) row)
    {
        var text = _cells.At(row);
        return (!_areNumbers || _cells.Numbers.Parse(text) is not null) && _classes.TryGetValue(Key(text), out var label)
            ? label
            : throw _cells.Error(file, row.Line, $"'{text}' is none of the {_classes.Count} classes of the training file");
    }

    /// <summary>The number of a row.</summary>
    /// <exception cref="TrainingException">It is none, or too large.</exception>
    public double Number(CsvFile file, (int Line, string[] Values) row)
    {
        var text = _cells.At(row);
        return _cells.Numbers.Parse(text) is not { } number
            ? throw _cells.Error(file, row.Line, text.Length == 0 ? "the value is missing" : $"'{text}' is not a number; task.predict: class takes names")
            : float.IsFinite((float)number) ? number
            : throw _cells.Error(file, row.Line, $"'{text}' is too large a number");
    }

    private string Key(string text) => _areNumbers ? _cells.Numbers.Canonical(text) : text;

    private Dictionary<string, long> Classes(CsvFile file, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            names.Add(Key(_cells.At(row)));
        }

        if (names.Count == 1)
        {
            throw _cells.Error(file, rows[0].Line, $"all rows are of the one class '{_cells.At(rows[0])}'");
        }

        var fractions = _areNumbers ? names.Where(n => n.AsSpan().ContainsAny(".Ee")).ToList() : [];
        if (fractions.Count > MostFractions || 2 * fractions.Count > rows.Length || (_areNumbers && names.Count > MostFractions && 2 * names.Count > rows.Length))
        {
            throw _cells.Error(
                file, rows[0].Line,
                $"{names.Count} different numbers in {rows.Length} rows, such as {_cells.At(rows[0])}, are no classes: task.predict: number predicts them; if they are classes all the same, list the label in task.categorical");
        }

        if (names.Count > MostClasses)
        {
            throw _cells.Error(file, rows[0].Line, $"more than {MostClasses} different values; a class for each is not what you want");
        }

        var ordered = _areNumbers
            ? names.OrderBy(n => double.Parse(n, CultureInfo.InvariantCulture)).ThenBy(n => n, StringComparer.Ordinal)
            : names.Order(StringComparer.Ordinal);
        return ordered.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => (long)p.i, StringComparer.Ordinal);
    }
}
