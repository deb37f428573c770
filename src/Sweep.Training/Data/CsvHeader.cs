namespace Sweep.Training.Data;

/// <summary>The first line of a CSV file: names of columns, or data already.</summary>
internal static class CsvHeader
{
    /// <summary>Whether the first line is data by its looks.</summary>
    /// <remarks>
    /// It is where a number stands above numbers, or a name that is also a value of its column; unless a name stands above
    /// numbers somewhere, as in a header.
    /// </remarks>
    public static bool LooksLikeData(CsvFile file, CsvNumbers numbers)
    {
        var first = file.Rows[0].Values;
        var rows = file.Rows.Skip(1).Select(r => r.Values).ToList();
        var isData = false;
        for (var i = 0; i < first.Length && rows.Count > 0; i++)
        {
            var column = i;
            var isNumber = numbers.Resembles(first[i]);
            if (2 * rows.Count(r => numbers.Resembles(r[column])) < rows.Count)
            {
                isData |= !isNumber && rows.Exists(r => r[column] == first[column]);
            }
            else if (!isNumber && !CsvNumbers.IsMissing(first[i]))
            {
                return false;
            }
            else
            {
                isData |= isNumber;
            }
        }

        return isData;
    }

    /// <summary>Checks that no two columns have the same name; several may have none.</summary>
    /// <exception cref="TrainingException">Two have.</exception>
    public static void ThrowIfAmbiguous(CsvFile file, IEnumerable<string> header)
    {
        if (header.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw file.Error(file.Rows[0].Line, $"two columns are called {twice.Key}");
        }
    }
}
