using Sweep.Search.Samplers;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Runs;

/// <summary>The configurations of a sweep's trials in the order of their numbers: those that the file gives, then the sampler's.</summary>
internal sealed class Proposals
{
    private readonly SearchSpec _spec;
    private readonly ISampler _sampler;
    private readonly Space _space;

    // What a sampler that does not learn is passed over for; it knows its own points.
    private readonly HashSet<ulong>? _excluded;
    private IReadOnlyList<Configuration> _existing = [];
    private int _drawn;
    private bool _exhausted;

    internal Proposals(SearchSpec spec, ISampler sampler, Space space)
    {
        _spec = spec;
        _sampler = sampler;
        _space = space;
        if (spec is { SamplerLearns: false, Duplicates: { IsAllowed: false, Tried: var tried } } && tried.Count + spec.Enqueue.Count > 0)
        {
            _excluded = [.. tried, .. spec.Enqueue.Select(given => space.KeyOf(given)).OfType<ulong>()];
        }
    }

    /// <summary>The number of the next one.</summary>
    internal int Next { get; private set; }

    internal bool HasMore => !_exhausted && Next < _spec.Trials;

    /// <summary>What the sampler itself has to know: one that does not learn is passed over for what was tried elsewhere, so that its sequence goes on.</summary>
    internal static DuplicateRule RuleOf(SearchSpec spec) => spec.SamplerLearns ? spec.Duplicates : spec.Duplicates with { Tried = [] };

    /// <summary>Trials that exist: <see cref="Take"/> gives these before it asks a sampler that learns.</summary>
    internal void Restore(IReadOnlyList<Configuration> existing) => _existing = existing;

    /// <summary>Passes over those that exist.</summary>
    internal void Skip()
    {
        if (_spec.SamplerLearns || _excluded is not null)
        {
            while (Next < _existing.Count && Take() is not null)
            {
                // A sampler that learns has to know them, and one that is passed over how far it is.
            }
        }

        Next = Math.Max(Next, _existing.Count);
        _drawn = Math.Max(_drawn, Next - _spec.Enqueue.Count);
    }

    /// <summary>The next configuration; null when the space is exhausted.</summary>
    internal Configuration? Take()
    {
        var number = Next;
        if (!_spec.SamplerLearns)
        {
            var configuration = number < _spec.Enqueue.Count ? _spec.Enqueue[number] : Draw();
            Next += configuration is null ? 0 : 1;
            return configuration;
        }

        var known = number < _existing.Count ? _existing[number] : number < _spec.Enqueue.Count ? _spec.Enqueue[number] : null;
        if (known is not null)
        {
            _sampler.Restore(number, known);
        }
        else
        {
            known = _sampler.Suggest(number);
            _exhausted = known is null;
        }

        Next += known is null ? 0 : 1;
        return known;
    }

    /// <summary>A sampler that does not learn counts its own points: those that the file gives do not shift them.</summary>
    private Configuration? Draw()
    {
        while (_sampler.Suggest(_drawn) is { } configuration)
        {
            _drawn++;
            if (_excluded is null || _space.KeyOf(configuration) is not { } key || !_excluded.Contains(key))
            {
                return configuration;
            }
        }

        _exhausted = true;
        return null;
    }
}
