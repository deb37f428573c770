using Sweep.Search.Runs;
using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers;

/// <summary>Proposes configurations. A function of the spec, and of what it was asked for and told, in that order: rebuilt by doing the same again.</summary>
/// <remarks>
/// A sampler remembers what it suggested: trials without a result are the pending ones. With <see cref="Restore"/> in place of
/// <see cref="Suggest"/> for the trials that exist, and the same results in between, its further suggestions are the same.
/// </remarks>
public interface ISampler
{
    /// <summary>The configuration of a trial; null when the space is exhausted. Numbers are asked in rising order.</summary>
    Configuration? Suggest(int number);

    /// <summary>Takes note of a trial that exists, in place of suggesting it: one of an earlier run of this sweep, or one that the sweep file gives (<c>enqueue</c>).</summary>
    /// <param name="number">In rising order, like those suggested. Samplers that are independent of results find what they suggested by themselves when this is left out.</param>
    void Restore(int number, Configuration configuration)
    {
    }

    /// <summary>Learns from a trial's result; samplers that are independent of results do nothing. Replicates have been folded into one result by then.</summary>
    void Update(TrialResult result)
    {
    }
}
