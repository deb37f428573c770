using Sweep.Search.Settings;
using Sweep.Search.Spec;
using Sweep.Training.Data;

namespace Sweep.Silo.Execution;

/// <summary>The settings of a task that belong to its data set: the sweep has one of each, whatever its trials vary.</summary>
internal static class DataSettings
{
    private const string Number = "number";

    private static readonly Dictionary<string, char> Separators = new(StringComparer.Ordinal)
    {
        ["comma"] = ',', ["semicolon"] = ';', ["tab"] = '\t', [","] = ',', [";"] = ';', ["\t"] = '\t',
    };

    private static readonly Setting[] Csv =
    [
        new("label", SettingKind.Text, "CSV: the column to predict: its name, or its number from 1 without a header; the last when left out"),
        new("header", SettingKind.Boolean, "CSV: whether the first line names the columns; when left out it does, and one that looks like data is an error"),
        new("separator", SettingKind.Choice, "CSV: what is between values; found in the file when left out") { Choices = [.. Separators.Keys] },
        new("decimal_comma", SettingKind.Boolean, "CSV: whether decimals follow a comma, not a point") { Default = false },
        new("columns", SettingKind.Text, "CSV: the columns to predict from, separated by commas; all but the label when left out"),
        new("categorical", SettingKind.Text, "CSV: columns of numbers that are names, separated by commas"),
        new("numeric", SettingKind.Text, "CSV: columns that hold numbers alone, separated by commas"),
        new("test_path", SettingKind.Text, "CSV: the file of the test set"),
    ];

    private static readonly Setting Predict = new("predict", SettingKind.Choice, "CSV and noisy_linear: whether the label is a class, or a number (regression)")
    {
        Default = "class",
        Choices = ["class", Number],
    };

    private static readonly Setting Window = new("window", SettingKind.Integer, "Text: characters, after which the next one is predicted")
    {
        Default = (long)DatasetOptions.DefaultWindow,
        Minimum = 1,
        Maximum = 100_000,
    };

    private static readonly Setting[] Generated =
    [
        new("rows", SettingKind.Integer, "Generated sets: rows to train and validate on; the test set has as many") { Default = (long)DatasetOptions.DefaultRows, Minimum = 10, Maximum = 10_000_000 },
        new("noise", SettingKind.Number, "Generated sets: the standard deviation of the noise") { Default = DatasetOptions.DefaultNoise, Minimum = 0 },
        new("data_seed", SettingKind.Integer, "Generated sets: another seed makes other rows") { Default = 0L, Minimum = 0 },
    ];

    public static IReadOnlyList<Setting> All { get; } = [.. Csv, Predict, Window, .. Generated];

    /// <summary>What a sweep says about its data sets.</summary>
    public static DatasetOptions Of(SweepSpec spec)
    {
        var given = spec.Task.Settings.ToDictionary(s => s.Key, s => (object?)s.Value.ToObject(), StringComparer.Ordinal);
        var values = new SettingValues(given, All);
        return new DatasetOptions
        {
            Label = given.GetValueOrDefault("label") as string,
            Header = given.GetValueOrDefault("header") as bool?,
            Separator = given.GetValueOrDefault("separator") is string separator ? Separators[separator] : null,
            DecimalComma = values.Boolean("decimal_comma"),
            Columns = DatasetOptions.Names(given.GetValueOrDefault("columns") as string),
            Categorical = DatasetOptions.Names(given.GetValueOrDefault("categorical") as string),
            Numeric = DatasetOptions.Names(given.GetValueOrDefault("numeric") as string),
            PredictsNumbers = values.Text("predict") == Number,
            Window = (int)values.Integer("window"),
            TestPath = given.GetValueOrDefault("test_path") as string,
            Rows = (int)values.Integer("rows"),
            Noise = values.Number("noise"),
            Seed = values.Integer("data_seed"),
        };
    }

    /// <summary>The mistakes that no setting shows alone: one that varies, or that none of the data sets has.</summary>
    public static IEnumerable<(string Path, string Message)> Mistakes(SweepSpec spec, IReadOnlyList<string> datasets)
    {
        foreach (var parameter in spec.Space.Parameters.Where(p => All.Any(s => "task." + s.Name == p.Name)))
        {
            yield return (parameter.Name, "belongs to the data set, of which a sweep has one: write it into the section task");
        }

        foreach (var setting in (IEnumerable<Setting>)
        [
            .. Idle(Csv, DatasetRegistry.IsCsv), .. Idle([Predict], DatasetRegistry.HasNumbers), .. Idle([Window], DatasetRegistry.IsText), .. Idle(Generated, DatasetRegistry.IsGenerated),
        ])
        {
            yield return ("task." + setting.Name, $"{string.Join(", ", datasets)} has no such setting");
        }

        IEnumerable<Setting> Idle(Setting[] settings, Func<string, bool> isUsed) =>
            datasets.Any(isUsed) ? [] : settings.Where(s => spec.Task.Settings.ContainsKey(s.Name));
    }
}
