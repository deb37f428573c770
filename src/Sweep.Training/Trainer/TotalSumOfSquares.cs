namespace Sweep.Training;

/// <summary>The total sum of squares of the targets.</summary>
internal static class TotalSumOfSquares
{
    /// <summary>Σ (target − mean)² over the rows, summed in their order: the squared error of predicting the mean. 0 where rows have labels.</summary>
    public static double Of(ReadOnlySpan<float> targets, ReadOnlySpan<int> rows)
    {
        if (targets.IsEmpty || rows.IsEmpty)
        {
            return 0;
        }
        double sum = 0, squares = 0;
        foreach (var row in rows)
        {
            sum += targets[row];
        }
        var mean = sum / rows.Length;
        foreach (var row in rows)
        {
            squares += (targets[row] - mean) * (targets[row] - mean);
        }
        return squares;
    }
}
