using Sweep.Search.Samplers;
using Sweep.Search.Settings;

namespace Sweep.Search.Spec;

/// <summary>Whether what searches can look at several objectives.</summary>
internal static class ObjectivesCheck
{
    internal static void Check(SpecMap root, IReadOnlyList<Objective>? objectives, SearchSpec? search, IReadOnlyList<Component<SamplerOptions>> samplers, SpecLog log)
    {
        if (objectives is not { Count: > 1 } || search is null || root.Find("search") is not { } section)
        {
            return;
        }

        if (!search.Sampler.TakesSeveralObjectives)
        {
            log.Error(section.Line, "search.sampler", $"looks at one objective; with several: {SamplerRegistry.Names(samplers, sampler => sampler.TakesSeveralObjectives)}");
        }

        if (search.Pruner is not null)
        {
            log.Warn(section.Line, "search.pruner", $"compares trials by the first objective, {objectives[0].Metric}");
        }
    }
}
