using Sweep.Grains.Search.Spaces;

namespace Sweep.Grains.Search.Samplers;

/// <summary>Proposes configurations. A function of the spec, the numbers asked for and the results given to it: rebuilt by doing the same again.</summary>
public interface ISampler
{
    /// <summary>The configuration of a trial; null when the space is exhausted. Numbers are asked in rising order; those left out count as suggested.</summary>
    Configuration? Suggest(int number);

    /// <summary>Learns from a result; samplers that are independent of results do nothing.</summary>
    void Update(TrialResult result)
    {
    }
}
