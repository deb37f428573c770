using System.Numerics;

namespace Sweep.Search.Spaces;

/// <content>
/// Configurations as coordinates, one for each dimension: the index of a value that is one of finitely many, otherwise the number
/// itself; NaN where the alternative is inactive.
/// </content>
public sealed partial class Space
{
    private Axis[]? _axes;

    /// <summary>The dimensions as samplers with a model see them.</summary>
    internal IReadOnlyList<Axis> Axes => _axes ??= Axis.Of(_tree);

    /// <summary>The point at coordinates; null when it is forbidden.</summary>
    /// <param name="coordinate">By dimension; asked for active alternatives only, in their order. An index has to be a whole number in range.</param>
    internal SpacePoint? Compose(Func<int, double> coordinate)
    {
        var entries = new List<KeyValuePair<string, ParameterValue>>(_tree.Levels.Length);
        var index = BigInteger.Zero;
        for (var level = 0; level < _tree.Levels.Length; level++)
        {
            if (_tree.Active(level, _state) is not { } choice)
            {
                _state[level] = 0;
                continue;
            }

            var at = coordinate(choice.Dimension);
            var taken = choice.Distribution.Count is null ? -1 : (long)at;
            if (IsFinite)
            {
                index += CountBefore(level, choice, taken);
            }

            var value = taken < 0 ? ParameterValue.Of(at) : choice.Distribution.At(taken);
            _state[level] = _tree.Levels[level].ClassOf(value);
            if (_tree.IsForbidden(level, _state))
            {
                return null;
            }

            entries.Add(new(_tree.Levels[level].Parameter.Name, value));
        }

        return new SpacePoint(index, entries);
    }

    /// <summary>The coordinates of a configuration; null when it is not in the space.</summary>
    internal double[]? CoordinatesOf(Configuration configuration)
    {
        if (!Contains(configuration))
        {
            return null;
        }

        var coordinates = new double[Dimensions];
        Array.Fill(coordinates, double.NaN);
        var next = 0;
        for (var level = 0; level < _tree.Levels.Length; level++)
        {
            if (_tree.Active(level, _state) is not { } choice)
            {
                _state[level] = 0;
                continue;
            }

            var value = choice.Distribution.Find(configuration.Entries[next++].Value)!;
            _state[level] = _tree.Levels[level].ClassOf(value);
            coordinates[choice.Dimension] = choice.Distribution.Count is null ? value.AsReal : choice.Distribution.IndexOf(value);
        }

        return coordinates;
    }
}
