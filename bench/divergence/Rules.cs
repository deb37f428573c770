namespace Sweep.Bench.Divergence;

/// <summary>A rule in shadow mode: where it would have stopped a trace, in steps; null when nowhere.</summary>
internal delegate long? ShadowRule(Trace trace);

internal static class Rules
{
    /// <summary>The product's rule: stops at numbers that are not finite alone.</summary>
    public static ShadowRule NonFinite { get; } = trace => trace.NonFiniteAt >= 0 ? trace.NonFiniteAt : null;

    /// <summary>The rule that was there before: a smoothed loss (weight 1/10) above three times the baseline.</summary>
    public static ShadowRule Smoothed { get; } = trace =>
    {
        var smoothed = trace.Untrained;
        var floor = trace.Constant.Accuracy < 1 ? 0 : trace.Constant.Loss;
        foreach (var step in trace.Steps)
        {
            smoothed += (step.Loss - smoothed) * 0.1;
            if (!(smoothed <= 3 * Math.Max(trace.Untrained, floor)))
            {
                return step.Step;
            }
        }

        return NonFinite(trace);
    };

    /// <summary>The candidate: stops at high losses that stay, too.</summary>
    public static ShadowRule Blocks(BlockLimits limits) => trace =>
    {
        var rule = new BlockRule(limits, trace.Constant, trace.Untrained, trace.StepsPerEpoch, trace.StepsPerEpoch * trace.Epochs);
        foreach (var step in trace.Steps)
        {
            if (rule.Observe(step))
            {
                return step.Step;
            }
        }

        return NonFinite(trace);
    };
}
