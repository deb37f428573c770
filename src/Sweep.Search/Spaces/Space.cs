using System.Numerics;

namespace Sweep.Search.Spaces;

/// <summary>All configurations that a sweep may try.</summary>
/// <remarks>
/// The points of a finite space are numbered in lexicographic order: by the first parameter's value, then the next one's; the last
/// changes fastest. Not for use by several threads at once: it remembers what it has counted.
/// </remarks>
public sealed partial class Space
{
    private readonly SpaceTree _tree;
    private readonly int[] _state;
    private ulong? _numberedSize;

    /// <summary>A space over parameters.</summary>
    /// <param name="parameters">In the sweep file's order; conditions refer to earlier parameters only.</param>
    /// <param name="forbidden">No configuration meets all conditions of one of these.</param>
    /// <exception cref="ArgumentException">A name is declared twice, or a condition is on a later parameter.</exception>
    /// <exception cref="KeyNotFoundException">A condition is on an unknown parameter.</exception>
    public Space(IReadOnlyList<Parameter> parameters, IReadOnlyList<IReadOnlyList<Condition>> forbidden)
    {
        Parameters = parameters;
        Forbidden = forbidden;
        _tree = new SpaceTree(parameters, forbidden, []);
        _state = _tree.NewState();
    }

    public IReadOnlyList<Parameter> Parameters { get; }

    public IReadOnlyList<IReadOnlyList<Condition>> Forbidden { get; }

    /// <summary>Whether <see cref="Size"/> is known, that is, no alternative is continuous.</summary>
    public bool IsFinite => _tree.IsFinite;

    /// <summary>How many configurations there are, conditions taken into account; null when they are not finite.</summary>
    public BigInteger? Size => IsFinite ? _tree.Count(0, _state) : null;

    /// <summary>The same where points can be numbered in 62 bits; null when there are more.</summary>
    internal ulong? NumberedSize => _numberedSize ??= Size is { } size && size <= BigInteger.One << 62 ? (ulong)size : null;

    /// <summary>Whether everything is forbidden.</summary>
    public bool IsEmpty => _tree.Count(0, _state).IsZero;

    /// <summary>How many numbers a draw takes: one for each alternative of each parameter.</summary>
    public int Dimensions => _tree.Dimensions;

    /// <summary>The point of a finite space with this number, from 0 to <see cref="Size"/> − 1.</summary>
    public Configuration At(BigInteger index)
    {
        if (index.Sign < 0 || Size is not { } size || index >= size)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"the space has {Size?.ToString() ?? "infinitely many"} points");
        }

        var entries = new List<KeyValuePair<string, ParameterValue>>(_tree.Levels.Length);
        for (var level = 0; level < _tree.Levels.Length; level++)
        {
            if (_tree.Active(level, _state) is not { } choice)
            {
                _state[level] = 0;
                continue;
            }

            var taken = 0L;
            foreach (var run in choice.Runs)
            {
                var each = _tree.CountAfter(level, run.Class, _state);
                var all = run.Length * each;
                if (index < all)
                {
                    taken = run.First + (long)BigInteger.DivRem(index, each, out index);
                    break;
                }

                index -= all;
            }

            entries.Add(new(_tree.Levels[level].Parameter.Name, choice.Distribution.At(taken)));
        }

        return new Configuration(entries);
    }

    /// <summary>Whether a configuration belongs to the space: exactly the active parameters, in order, each with a possible value, nothing forbidden.</summary>
    public bool Contains(Configuration configuration) => Locate(configuration) is not null;

    /// <summary>The number of a configuration in a finite space; null when it is not in it, or the space is not finite.</summary>
    public BigInteger? IndexOf(Configuration configuration) => IsFinite ? Locate(configuration) : null;

    /// <summary>The configuration of this space that one of another space stands for: the same parameters in whatever order, each value or the one it stands for.</summary>
    /// <param name="problem">Why there is none.</param>
    public Configuration? Find(Configuration configuration, out string? problem)
    {
        var entries = new List<KeyValuePair<string, ParameterValue>>(configuration.Entries.Count);
        for (var level = 0; level < _tree.Levels.Length; level++)
        {
            var name = _tree.Levels[level].Parameter.Name;
            var isGiven = configuration.TryGet(name, out var given);
            var choice = _tree.Active(level, _state);
            if (choice is null != !isGiven)
            {
                problem = choice is null ? $"{name} is inactive" : $"{name} is missing";
                return null;
            }

            if (choice is null)
            {
                _state[level] = 0;
                continue;
            }

            if (choice.Distribution.Find(given!) is not { } value)
            {
                problem = NearestValues.Describe(name, given!, [choice.Distribution]);
                return null;
            }

            _state[level] = _tree.Levels[level].ClassOf(value);
            if (_tree.IsForbidden(level, _state))
            {
                problem = "it is forbidden";
                return null;
            }

            entries.Add(new(name, value));
        }

        var extra = configuration.Entries.Select(entry => entry.Key).FirstOrDefault(name => !entries.Exists(entry => entry.Key == name));
        problem = extra is null ? null : $"{extra} is no parameter of this sweep";
        return problem is null ? new Configuration(entries) : null;
    }

    /// <summary>
    /// A number that tells a configuration from all others: its index where the space has at most 2^62 points, otherwise 64 bits of a
    /// hash. Null when it is not in the space.
    /// </summary>
    public ulong? KeyOf(Configuration configuration) => Locate(configuration) is { } index ? KeyOf(index, configuration.Entries) : null;

    /// <inheritdoc cref="KeyOf(Configuration)"/>
    internal ulong KeyOf(SpacePoint point) => KeyOf(point.Index, point.Entries);

    /// <summary>All points of a finite space in their order.</summary>
    public IEnumerable<Configuration> Points()
    {
        var size = Size ?? throw new InvalidOperationException("the space is not finite");
        for (var index = BigInteger.Zero; index < size; index++)
        {
            yield return At(index);
        }
    }

    /// <summary>The point at quantiles in [0, 1), one for each dimension; null when it is forbidden.</summary>
    /// <param name="quantiles">Those of inactive alternatives are not looked at.</param>
    /// <param name="repair">Whether a forbidden value gives way to the next one that is not, so that a space that is not empty always gives a point.</param>
    internal SpacePoint? Draw(ReadOnlySpan<double> quantiles, bool repair = false)
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

            var u = quantiles[choice.Dimension];
            var taken = choice.Distribution.Count is null ? -1 : choice.Distribution.QuantileIndex(u);
            if (repair && taken >= 0)
            {
                taken = FirstAllowed(level, choice, taken);
            }

            if (IsFinite)
            {
                index += CountBefore(level, choice, taken);
            }

            var value = taken < 0 ? choice.Distribution.Quantile(u) : choice.Distribution.At(taken);
            _state[level] = _tree.Levels[level].ClassOf(value);
            if (_tree.IsForbidden(level, _state))
            {
                return null;
            }

            entries.Add(new(_tree.Levels[level].Parameter.Name, value));
        }

        return new SpacePoint(index, entries);
    }

    private ulong KeyOf(BigInteger index, IReadOnlyList<KeyValuePair<string, ParameterValue>> entries) =>
        NumberedSize is null ? Configuration.HashOf(entries) : (ulong)index;

    private long FirstAllowed(int level, SpaceChoice choice, long taken)
    {
        var start = Array.FindIndex(choice.Runs, run => taken < run.First + run.Length);
        for (var i = 0; i < choice.Runs.Length; i++)
        {
            var run = choice.Runs[(start + i) % choice.Runs.Length];
            if (!_tree.CountAfter(level, run.Class, _state).IsZero)
            {
                return i == 0 ? taken : run.First;
            }
        }

        throw new InvalidOperationException("the space is empty");
    }

    private BigInteger? Locate(Configuration configuration)
    {
        var index = BigInteger.Zero;
        var next = 0;
        for (var level = 0; level < _tree.Levels.Length; level++)
        {
            if (_tree.Active(level, _state) is not { } choice)
            {
                _state[level] = 0;
                continue;
            }

            if (next == configuration.Entries.Count || configuration.Entries[next].Key != _tree.Levels[level].Parameter.Name)
            {
                return null;
            }

            if (choice.Distribution.Find(configuration.Entries[next++].Value) is not { } value)
            {
                return null;
            }

            if (IsFinite)
            {
                index += CountBefore(level, choice, choice.Distribution.IndexOf(value));
            }

            _state[level] = _tree.Levels[level].ClassOf(value);
            if (_tree.IsForbidden(level, _state))
            {
                return null;
            }
        }

        return next == configuration.Entries.Count ? index : null;
    }

    /// <summary>Configurations that come before those with this value, at this level.</summary>
    private BigInteger CountBefore(int level, SpaceChoice choice, long taken)
    {
        var before = BigInteger.Zero;
        foreach (var run in choice.Runs)
        {
            if (run.First >= taken)
            {
                break;
            }

            before += Math.Min(run.Length, taken - run.First) * _tree.CountAfter(level, run.Class, _state);
        }

        return before;
    }
}
