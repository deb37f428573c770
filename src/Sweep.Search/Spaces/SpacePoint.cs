using System.Numerics;

namespace Sweep.Search.Spaces;

/// <summary>A point of a space on its way to a configuration: which alternative and value each parameter has.</summary>
/// <param name="Index">Its number in a finite space, otherwise meaningless.</param>
internal readonly record struct SpacePoint(BigInteger Index, IReadOnlyList<KeyValuePair<string, ParameterValue>> Entries)
{
    internal Configuration ToConfiguration() => new(Entries);
}
