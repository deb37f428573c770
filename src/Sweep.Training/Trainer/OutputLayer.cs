using Sweep.Training.Data;

namespace Sweep.Training;

/// <summary>The last layer of a network that predicts numbers.</summary>
internal static class OutputLayer
{
    /// <summary>Scales the layer, in place, so that the network gives numbers in the unit of the targets: deviation · output + mean.</summary>
    /// <param name="parameters">All of the network in their order, so that the layer's weight [1, inputs] and bias [1] are the last.</param>
    /// <param name="targets">What the targets were standardised with.</param>
    public static void ToUnitOf(IReadOnlyList<NamedWeights> parameters, Standardization targets)
    {
        if (parameters is not [.., { Shape: [1, _], Values: var weight }, { Shape: [1], Values: var bias }])
        {
            throw new InvalidOperationException("the network does not end with a fully connected layer of one output");
        }
        for (var i = 0; i < weight.Length; i++)
        {
            weight[i] = (float)(targets.Deviation * weight[i]);
        }
        bias[0] = (float)((targets.Deviation * bias[0]) + targets.Mean);
    }
}
