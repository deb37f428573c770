using Sweep.Search.Settings;
using Sweep.Torch;
using static Sweep.Training.Optimizers.CommonSettings;

namespace Sweep.Training.Optimizers;

/// <summary>Rules that find the size of their steps themselves, or the average that a falling schedule would give.</summary>
internal static class LearningRateFree
{
    // 0 / (0 + 0) would poison the sums over all parameters.
    private static readonly Setting PositiveEpsilon = Epsilon(1e-8) with { MinimumExclusive = true };

    private static readonly Setting InitialEstimate =
        new("d0", SettingKind.Number, "The first estimate of the distance to the solution; too small costs a few steps, too large is never taken back.") { Default = 1e-6, Minimum = 0, MinimumExclusive = true };

    public static IReadOnlyList<OptimizerDefinition> Definitions { get; } =
    [
        new(
            "dadapt_sgd",
            "SGD with D-Adaptation (Defazio and Mishchenko 2023, algorithm \"SGD with D-Adaptation\").",
            OptimizerKind.DAdaptSgd,
            With([Fraction("momentum", 0.9, "β: the weight of the iterate beside its newest point."), InitialEstimate]),
            v => Read(v) with { Momentum = v.Number("momentum"), InitialEstimate = v.Number("d0") }) { DefaultRate = 1 },
        new(
            "dadapt_adam",
            "Adam with D-Adaptation (Defazio and Mishchenko 2023, algorithm \"Adam with D-Adaptation\").",
            OptimizerKind.DAdaptAdam,
            With([Beta1(), Beta2(), PositiveEpsilon, InitialEstimate]),
            v => ReadMoments(v) with { InitialEstimate = v.Number("d0") }) { DefaultRate = 1 },
        new(
            "prodigy",
            "D-Adaptation that weighs later gradients more (Mishchenko and Defazio 2023, algorithm \"Prodigy (Adam version)\").",
            OptimizerKind.Prodigy,
            With([Beta1(), Beta2(), PositiveEpsilon, InitialEstimate], decoupled: true),
            v => ReadMoments(v) with { InitialEstimate = v.Number("d0") }) { DefaultRate = 1 },
        new(
            "schedule_free_sgd",
            "SGD whose average takes the place of a falling rate (Defazio et al. 2024, equations 3 to 5).",
            OptimizerKind.ScheduleFreeSgd,
            With([Fraction("momentum", 0.9, "β: how far from z to x the gradient is taken.")]),
            v => Read(v) with { Momentum = v.Number("momentum") }) { DefaultRate = 1, ScheduleFree = true },
        new(
            "schedule_free_adamw",
            "AdamW whose average takes the place of a falling rate (Defazio et al. 2024, algorithm 1).",
            OptimizerKind.ScheduleFreeAdamW,
            With([Fraction("beta1", 0.9, "β1: how far from z to x the gradient is taken."), Beta2(), PositiveEpsilon], decoupled: true),
            ReadMoments) { DefaultRate = 2.5e-3, ScheduleFree = true },
    ];
}
