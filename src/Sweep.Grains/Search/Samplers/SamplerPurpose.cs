namespace Sweep.Grains.Search.Samplers;

/// <summary>What random numbers are for: streams that never overlap. The numbers never change meaning.</summary>
internal static class SamplerPurpose
{
    /// <summary>The order of a shuffled grid.</summary>
    internal const uint GridOrder = 1;

    /// <summary>The order in which the random sampler takes the last points of a finite space.</summary>
    internal const uint LastPoints = 2;

    /// <summary>A draw of the random sampler; its tries follow on.</summary>
    internal const uint RandomDraw = 0x1000;
}
