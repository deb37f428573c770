using Sweep.Training.Data;

namespace Sweep.Silo.Execution;

/// <summary>A data set as trials see it: what is trained on and what validates, and the scale of the numbers to predict.</summary>
/// <param name="Split">The rows.</param>
/// <param name="Targets">Of the rows that are trained on, where numbers are predicted.</param>
internal sealed record DataParts(Split Split, Standardization? Targets)
{
    /// <summary>The parts of a data set.</summary>
    /// <exception cref="Training.TrainingException">Nothing is left to train on.</exception>
    public static DataParts Of(Dataset dataset, double validationFraction, long seed)
    {
        var split = Split.Of(dataset, validationFraction, seed);
        return new DataParts(split, dataset.PredictsNumbers ? Standardization.Of(TargetsOf(dataset, split.Train)) : null);
    }

    /// <summary>The numbers to predict of some rows.</summary>
    public static double[] TargetsOf(Dataset dataset, int[] rows) => Array.ConvertAll(rows, row => dataset.Train.Targets![row]);
}
