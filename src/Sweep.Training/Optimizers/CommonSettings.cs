using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Optimizers;

/// <summary>What several optimizers share: the same name means the same everywhere.</summary>
internal static class CommonSettings
{
    public static Setting Beta1(double value = 0.9) =>
        Fraction("beta1", value, "β1: the decay of the mean gradient.");

    public static Setting Beta2(double value = 0.999) =>
        Fraction("beta2", value, "β2: the decay of the mean squared gradient.");

    public static Setting Epsilon(double value, string where = "added to the denominator") =>
        new("eps", SettingKind.Number, $"ε, {where}.") { Default = value, Minimum = 0 };

    public static Setting Amsgrad { get; } =
        new("amsgrad", SettingKind.Boolean, "Divide by the largest second moment so far (Reddi et al. 2018).") { Default = false };

    /// <summary>A number in [0, 1).</summary>
    public static Setting Fraction(string name, double value, string description) =>
        new(name, SettingKind.Number, description) { Default = value, Minimum = 0, Maximum = 1, MaximumExclusive = true };

    /// <summary>Weight decay and clipping, which every optimizer takes.</summary>
    public static IReadOnlyList<Setting> With(IEnumerable<Setting> own, double weightDecay = 0, bool decoupled = false) =>
    [
        .. own,
        new("weight_decay", SettingKind.Number, decoupled ? "λ, decoupled: θ ← (1 − ηλ) θ." : "λ, coupled: λθ is added to the gradient.") { Default = weightDecay, Minimum = 0 },
        new("l1", SettingKind.Number, "Adds this times sign(θ) to the gradient.") { Default = 0.0, Minimum = 0 },
        Limit("clip_norm", "The largest norm of the whole gradient; a longer one is shortened to it."),
        Limit("clip_value", "The largest magnitude of each element of the gradient, after clip_norm."),
        Limit("weight_clip", "The largest magnitude of each parameter after a step."),
    ];

    /// <summary>The settings of <see cref="With"/>, for an optimizer to add its own to.</summary>
    public static OptimizerOptions Read(SettingValues values) => new()
    {
        WeightDecay = values.Number("weight_decay"),
        L1 = values.Number("l1"),
        ClipNorm = values.NumberOrNull("clip_norm") ?? double.PositiveInfinity,
        ClipValue = values.NumberOrNull("clip_value") ?? double.PositiveInfinity,
        WeightClip = values.NumberOrNull("weight_clip") ?? double.PositiveInfinity,
    };

    /// <summary>β1, β2 and ε besides.</summary>
    public static OptimizerOptions ReadMoments(SettingValues values) =>
        Read(values) with { Beta1 = values.Number("beta1"), Beta2 = values.Number("beta2"), Epsilon = values.Number("eps") };

    public static double Flag(bool value) => value ? 1 : 0;

    private static Setting Limit(string name, string description) =>
        new(name, SettingKind.Number, description + " Left out: no limit.") { Minimum = 0, MinimumExclusive = true };
}
