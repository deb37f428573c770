namespace Sweep.Training.Data;

/// <summary>The cells of one column: whether they are numbers or names is decided by all rows of the training file.</summary>
/// <param name="what">What messages call it: "column NAME" or "label NAME".</param>
/// <param name="index">Its place in a row.</param>
/// <param name="numbers">How numbers are written.</param>
internal sealed class CsvCells(string what, int index, CsvNumbers numbers)
{
    private const int MostShown = 3;

    public CsvNumbers Numbers => numbers;

    public string At((int Line, string[] Values) row) => row.Values[index];

    public TrainingException Error(CsvFile file, int line, string message) => file.Error(line, $"{what}: {message}");

    /// <summary>Checks that every row has a value.</summary>
    /// <exception cref="TrainingException">One has none.</exception>
    public void RequireValues(CsvFile file, ReadOnlySpan<(int Line, string[] Values)> rows)
    {
        List<int> lines = [];
        foreach (var row in rows)
        {
            if (At(row).Length == 0)
            {
                lines.Add(row.Line);
            }
        }

        if (lines.Count > 0)
        {
            var more = lines.Count == 1 ? "" : $"; so it is in {lines.Count} of {rows.Length} rows: lines {string.Join(", ", lines.Take(MostShown))}{(lines.Count > MostShown ? " …" : "")}";
            throw Error(file, lines[0], "the value is missing" + more);
        }
    }

    /// <summary>The numbers of all rows; null where no value is one, nor resembles one.</summary>
    /// <param name="file">The training file.</param>
    /// <param name="rows">Its rows, which all have a value.</param>
    /// <param name="mustBeNumbers">Whether names are an error.</param>
    /// <param name="advice">What to do when some values are numbers and others are not.</param>
    /// <exception cref="TrainingException">Some are and others are not: which ones.</exception>
    public double[]? FindNumbers(CsvFile file, ReadOnlySpan<(int Line, string[] Values)> rows, bool mustBeNumbers, string advice)
    {
        var values = new double[rows.Length];
        List<(int Line, string Text)> others = [], alike = [];
        for (var r = 0; r < rows.Length; r++)
        {
            var text = At(rows[r]);
            if (numbers.Parse(text) is { } number)
            {
                values[r] = number;
                alike.Add((rows[r].Line, text));
                continue;
            }

            others.Add((rows[r].Line, text));
            if (numbers.Resembles(text))
            {
                alike.Add((rows[r].Line, text));
            }
        }

        return others.Count == 0 ? values
            : alike.Count == 0 && !mustBeNumbers ? null
            : throw Disagree(file, rows.Length, mustBeNumbers || 2 * alike.Count >= rows.Length ? others : alike, others, advice);
    }

    private TrainingException Disagree(CsvFile file, int rows, List<(int Line, string Text)> odd, List<(int Line, string Text)> others, string advice)
    {
        var shown = string.Join(", ", odd.Take(MostShown).Select(o => $"'{o.Text}' (line {o.Line})")) + (odd.Count > MostShown ? " …" : "");
        var hint = odd is [var (line, _)] && line == file.Rows[0].Line ? "does the first line name the columns (task.header: true)?"
            : others.All(o => numbers.Other.Parse(o.Text) is not null) ? numbers.OtherAdvice
            : advice;
        return Error(file, odd[0].Line, ReferenceEquals(odd, others)
            ? $"{shown} {(odd.Count == 1 ? "is not a number" : "are not numbers")}, {odd.Count} of {rows} values; {hint}"
            : $"{shown} {(odd.Count == 1 ? "is a number" : "are numbers")}, {odd.Count} of {rows} values, and the others are not; {hint}");
    }
}
