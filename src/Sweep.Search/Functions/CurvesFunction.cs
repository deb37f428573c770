using Sweep.Search.Spaces;

namespace Sweep.Search.Functions;

/// <summary>
/// Synthetic learning curves: after t steps q + (1 − q) 2^(−t/h), with the final loss q = 0.05 + 0.9 quality² and the half-life
/// h = 1 + 8 slowness steps.
/// </summary>
/// <remarks>
/// Without <c>slowness</c> (then 0) the ranking by quality holds at every resource, and the lower quality is the better; with it, curves
/// cross, and the ranking at a resource is that of these values. The limit is q, so the best configuration is the one of least quality.
/// </remarks>
internal sealed class CurvesFunction : BuiltInFunction
{
    public override string Name => "curves";

    public override Space Space { get; } = new([Range("quality", 0, 1), Range("slowness", 0, 1)], []);

    public override double Minimum => 0.05;

    public override bool LearnsOverSteps => true;

    public override bool Requires(string parameter) => parameter != "slowness";

    public override double At(Configuration configuration, int step)
    {
        var quality = Number(configuration, "quality");
        var slowness = configuration.TryGet("slowness", out _) ? Number(configuration, "slowness") : 0;
        var final = 0.05 + (0.9 * quality * quality);
        return final + ((1 - final) * Math.Pow(2, -step / (1 + (8 * slowness))));
    }
}
