namespace Sweep.Training.Data;

/// <summary>The settings of a task that say how its data set is read or made. They belong to the sweep: no trial has its own.</summary>
public sealed record DatasetOptions
{
    public const int DefaultRows = 2000;

    public const double DefaultNoise = 0.1;

    public const int DefaultWindow = 32;

    /// <summary>CSV: the name of the column to predict (its number from 1 without a header); null for the last column.</summary>
    public string? Label { get; init; }

    /// <summary>CSV: whether the first line names the columns; null for yes, unless it looks like data, which is an error.</summary>
    public bool? Header { get; init; }

    /// <summary>CSV: what is between values, a comma, a semicolon or a tab; null to look for it.</summary>
    public char? Separator { get; init; }

    /// <summary>CSV: whether decimals follow a comma, not a point.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>CSV: the columns to predict from; empty for all but the label.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>CSV: columns of numbers that are names, not quantities, such as postcodes; the label too.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>CSV: columns that hold nothing but numbers.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];

    /// <summary>CSV and noisy_linear: whether the label is a number to predict, not a class.</summary>
    public bool PredictsNumbers { get; init; }

    /// <summary>Text: characters of a window, after which the next one is predicted.</summary>
    public int Window { get; init; } = DefaultWindow;

    /// <summary>CSV: the file of the test set; null for none.</summary>
    public string? TestPath { get; init; }

    /// <summary>Generated sets: rows of the training set; the test set has as many.</summary>
    public int Rows { get; init; } = DefaultRows;

    /// <summary>Generated sets: the standard deviation of the noise.</summary>
    public double Noise { get; init; } = DefaultNoise;

    /// <summary>Generated sets: another seed, other rows.</summary>
    public long Seed { get; init; }

    /// <summary>A comma-separated list of column names.</summary>
    public static IReadOnlyList<string> Names(string? list) =>
        list is null ? [] : list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
