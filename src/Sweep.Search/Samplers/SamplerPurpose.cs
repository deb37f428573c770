namespace Sweep.Search.Samplers;

/// <summary>What random numbers are for: streams that never overlap. The numbers never change meaning.</summary>
internal static class SamplerPurpose
{
    /// <summary>The order of a shuffled grid.</summary>
    internal const uint GridOrder = 1;

    /// <summary>The order in which the last points of a finite space are taken.</summary>
    internal const uint LastPoints = 2;

    /// <summary>The digital shift of a Sobol sequence.</summary>
    internal const uint SobolShift = 3;

    /// <summary>The scrambling matrix of a Sobol sequence.</summary>
    internal const uint SobolMatrix = 4;

    /// <summary>Which kernel each candidate of TPE comes from; one number for each group of parameters.</summary>
    internal const uint TpeKernel = 5;

    /// <summary>Where in its kernel each candidate of TPE lies.</summary>
    internal const uint TpePlace = 6;

    /// <summary>Noise on the built-in functions.</summary>
    internal const uint FunctionNoise = 7;

    /// <summary>Whether BOHB draws at random.</summary>
    internal const uint BohbChoice = 8;

    /// <summary>Which good point each candidate of BOHB is near, and where.</summary>
    internal const uint BohbPlace = 9;

    /// <summary>What BOHB takes for inactive parameters, by trial.</summary>
    internal const uint BohbImputed = 11;

    /// <summary>Where CMA-ES begins anew, by restart.</summary>
    internal const uint CmaStart = 10;

    /// <summary>Tournaments of the evolutionary samplers; their tries follow on.</summary>
    internal const uint Tournament = 0x100;

    /// <summary>Changes of the evolutionary samplers; their tries follow on.</summary>
    internal const uint Mutation = 0x200;

    /// <summary>Normal numbers of CMA-ES; its tries follow on.</summary>
    internal const uint CmaNormal = 0x300;

    /// <summary>Starts and candidates of the Gaussian process.</summary>
    internal const uint GaussianProcess = 0x400;

    /// <summary>The synthetic learning curves.</summary>
    internal const uint Curves = 0x500;

    /// <summary>Digits of a scrambled Halton sequence, one after another.</summary>
    internal const uint HaltonDigits = 0x600;

    /// <summary>A draw of the random sampler; its tries follow on.</summary>
    internal const uint RandomDraw = 0x1000;
}
