using System.Globalization;
using Sweep.Search.Functions;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Silo.Execution;

/// <summary>What a sweep file may name when its trials compute a built-in function: <c>task: { function: branin }</c>.</summary>
internal static class FunctionCatalogue
{
    /// <summary>The key of the task section that asks for it.</summary>
    public const string Function = "function";

    public const string Dimensions = "dimensions";
    public const string Noise = "noise";
    public const string Sleep = "sleep";

    /// <summary>What such a trial reports.</summary>
    public const string Metric = "value";

    private const int MostDimensions = 1000;

    /// <summary>Settings that would make another function of it: the sweep has one.</summary>
    private static readonly string[] Fixed = [Function, Dimensions];

    /// <summary>The catalogue of the function that the words of a task section name. For an unknown one, which is then an error of that key, all parameters are known.</summary>
    public static Catalogue Create(IReadOnlyDictionary<string, string> task)
    {
        var dimensions = task.TryGetValue(Dimensions, out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var given) && given is > 0 and <= MostDimensions
            ? given
            : BuiltInFunctions.DefaultDimensions;
        var known = BuiltInFunctions.Find(task[Function], dimensions);
        var functions = known is not null ? [known] : BuiltInFunctions.Names.Select(name => BuiltInFunctions.Find(name)!).ToArray();
        return new Catalogue(
            CatalogueFamily.None("optimizer", "optimizer."),
            CatalogueFamily.None("schedule", "schedule."),
            CatalogueFamily.None("task.model", "task."),
            null,
            Settings(known, task[Function]),
            new Dictionary<string, ObjectiveGoal>(StringComparer.Ordinal) { [Metric] = ObjectiveGoal.Minimize })
        {
            Own = [.. functions.SelectMany(f => f.Space.Parameters.Select(p => Own(p, known?.Requires(p.Name) ?? false))).DistinctBy(s => s.Name)],
            DefaultSpace = functions[0].Space,
        };
    }

    /// <summary>The function of a valid sweep.</summary>
    public static BuiltInFunction Of(SweepSpec spec) => BuiltInFunctions.Find(
        spec.Task.Settings[Function].AsText,
        spec.Task.Settings.TryGetValue(Dimensions, out var given) ? (int)given.AsInteger : BuiltInFunctions.DefaultDimensions)!;

    /// <summary>The mistakes that no setting shows alone: a function that varies.</summary>
    public static IEnumerable<(string Path, string Message)> Mistakes(SweepSpec spec) =>
        from parameter in spec.Space.Parameters
        where Fixed.Any(name => parameter.Name == "task." + name)
        select (parameter.Name, "a sweep has one function: write it into the section task");

    private static List<Setting> Settings(BuiltInFunction? function, string name)
    {
        var settings = new List<Setting>
        {
            new(Function, SettingKind.Choice, "A built-in function to minimize, in place of training") { Choices = BuiltInFunctions.Names, Required = true },
            new("epochs", SettingKind.Integer, "Steps of a trial; only curves change with them")
            {
                Minimum = 1,
                Maximum = 1_000_000,
                Default = function is { LearnsOverSteps: true } ? null : 1L,
                Required = function is { LearnsOverSteps: true },
            },
            new(Noise, SettingKind.Number, "Standard deviation of normal noise on each value") { Minimum = 0, Default = 0.0 },
            new(Sleep, SettingKind.Number, "Seconds that a step takes") { Minimum = 0, Maximum = 3600, Default = 0.0 },
        };
        if (function is null || BuiltInFunctions.HasDimensions(name))
        {
            settings.Add(new(Dimensions, SettingKind.Integer, "How many parameters it has") { Minimum = 1, Maximum = MostDimensions, Default = (long)BuiltInFunctions.DefaultDimensions });
        }

        return settings;
    }

    private static Setting Own(Parameter parameter, bool isRequired) => parameter.Alternatives[0].Distribution switch
    {
        ValuesDistribution values => new(parameter.Name, SettingKind.Choice) { Choices = [.. values.Values.Select(v => v.AsText)], Required = isRequired },
        LatticeDistribution => new(parameter.Name, SettingKind.Integer) { Required = isRequired },
        ContinuousDistribution { Scale: LogUniformScale } => new(parameter.Name, SettingKind.Number) { Minimum = 0, MinimumExclusive = true, Required = isRequired },
        _ => new(parameter.Name, SettingKind.Number) { Required = isRequired },
    };
}
