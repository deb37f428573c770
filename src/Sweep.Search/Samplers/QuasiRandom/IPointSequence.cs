namespace Sweep.Search.Samplers.QuasiRandom;

/// <summary>Points that fill the unit cube evenly; each is a function of its index.</summary>
internal interface IPointSequence
{
    /// <summary>A coordinate in [0, 1) of a point.</summary>
    double At(int index, int dimension);
}
