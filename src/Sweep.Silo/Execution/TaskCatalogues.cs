using Sweep.Search.Spec;

namespace Sweep.Silo.Execution;

/// <summary>What a sweep file may name, by what its task asks for.</summary>
public static class TaskCatalogues
{
    /// <summary>The catalogue for the words of a task section.</summary>
    public static Catalogue Create(IReadOnlyDictionary<string, string> task) =>
        task.ContainsKey(FunctionCatalogue.Function) ? FunctionCatalogue.Create(task) : TrainingCatalogue.Create();

    /// <summary>Mistakes in a valid spec that the catalogue cannot tell.</summary>
    public static IReadOnlyList<SpecError> Check(SweepSpec spec) => IsFunction(spec)
        ? [.. FunctionCatalogue.Mistakes(spec).Select(m => new SpecError(spec.File, TrainingCatalogue.LineOf(spec, m.Path), m.Path, m.Message))]
        : TrainingCatalogue.Check(spec);

    /// <summary>Whether trials compute a built-in function.</summary>
    internal static bool IsFunction(SweepSpec spec) => spec.Task.Settings.ContainsKey(FunctionCatalogue.Function);
}
