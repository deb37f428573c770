using Sweep.Search;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>A factory whose trainings can be evaluated on a test set, which nothing has read until then.</summary>
public interface ITestsWinners
{
    /// <summary>Restores a trial from its checkpoint and evaluates it on the test set; null when its data have none.</summary>
    /// <exception cref="SweepException">The test set cannot be read.</exception>
    TrialTest? Test(TrialRecord trial, Checkpoint checkpoint);
}
