using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Random;

/// <summary>Independent draws from the parameters' distributions; no point comes twice unless that is allowed, and a finite space ends with the last.</summary>
/// <remarks>A draw depends on (seed, number, try) alone; see <see cref="FreshPoints"/>.</remarks>
public sealed class RandomSampler : ISampler
{
    private readonly FreshPoints _points;
    private int _next;

    public RandomSampler(Space space, long seed, DuplicateRule? rule = null) => _points = new FreshPoints(space, seed, rule);

    /// <inheritdoc/>
    public Configuration? Suggest(int number)
    {
        if (!_points.Counts)
        {
            return _points.Random(number)?.ToConfiguration();
        }

        Replay(number);
        var point = _next == number ? _points.Random(number) : null;
        _next += point is null ? 0 : 1;
        return point?.ToConfiguration();
    }

    /// <inheritdoc/>
    public void Restore(int number, Configuration configuration)
    {
        if (_points.Counts)
        {
            Replay(number);
            _points.Take(configuration);
            _next = number + 1;
        }
    }

    /// <summary>Earlier numbers, suggested before this sampler was made: what they took is found again.</summary>
    private void Replay(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, _next);
        while (_next < number && _points.Random(_next) is not null)
        {
            _next++;
        }
    }
}
