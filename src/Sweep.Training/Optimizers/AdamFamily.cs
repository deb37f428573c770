using Sweep.Search.Settings;
using Sweep.Torch;
using static Sweep.Training.Optimizers.CommonSettings;

namespace Sweep.Training.Optimizers;

/// <summary>Mean gradient over mean size: Adam and what came of it.</summary>
internal static class AdamFamily
{
    private static readonly Setting[] Moments = [Beta1(), Beta2(), Epsilon(1e-8)];

    public static IReadOnlyList<OptimizerDefinition> Definitions { get; } =
    [
        new("adam", "θ ← θ − η m̂/(√v̂ + ε) (Kingma and Ba 2014).", OptimizerKind.Adam, With([.. Moments, Amsgrad]), ReadAmsgrad),
        new("adamw", "Adam with weight decay apart from the gradient (Loshchilov and Hutter 2017).", OptimizerKind.AdamW, With([.. Moments, Amsgrad], 1e-2, decoupled: true), ReadAmsgrad),
        new("adamax", "Adam with the largest decayed gradient in place of the mean square (Kingma and Ba 2014, section 7).", OptimizerKind.Adamax, With(Moments), ReadMoments) { DefaultRate = 2e-3 },
        new(
            "nadam",
            "Adam with Nesterov's momentum and a momentum schedule (Dozat 2016; PyTorch 2).",
            OptimizerKind.NAdam,
            With([.. Moments, new("momentum_decay", SettingKind.Number, "ψ: μ_t = β1 (1 − ½ 0.96^(tψ)).") { Default = 4e-3, Minimum = 0 }]),
            v => ReadMoments(v) with { MomentumDecay = v.Number("momentum_decay") }) { DefaultRate = 2e-3 },
        new("radam", "Adam without its denominator until that is reliable, and rectified then (Liu et al. 2019; from ρ > 5 as PyTorch).", OptimizerKind.RAdam, With(Moments), ReadMoments),
    ];

    private static OptimizerOptions ReadAmsgrad(SettingValues values) => ReadMoments(values) with { Amsgrad = Flag(values.Boolean("amsgrad")) };
}
