namespace Sweep.Training;

/// <summary>How far the numbers that are to be predicted lie apart.</summary>
internal static class TargetSpread
{
    /// <summary>Σ (target − mean)² over some rows, in their order: what predicting the mean would lose. 0 where rows have labels.</summary>
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
