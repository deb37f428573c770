using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>Starts trainings: the seam between a grain and what really computes.</summary>
public interface ITrainingFactory
{
    /// <summary>Starts a trial from the beginning, or from a checkpoint.</summary>
    /// <param name="trial">Its configuration, number and replicate.</param>
    /// <param name="checkpoint">Where to go on, or null.</param>
    ITraining Start(TrialRecord trial, Checkpoint? checkpoint);
}
