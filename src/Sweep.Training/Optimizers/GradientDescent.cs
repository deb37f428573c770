using Sweep.Search.Settings;
using Sweep.Torch;
using static Sweep.Training.Optimizers.CommonSettings;

namespace Sweep.Training.Optimizers;

/// <summary>Steps along the gradient or a velocity: PyTorch's SGD under four names.</summary>
internal static class GradientDescent
{
    private static readonly Setting Momentum = Fraction("momentum", 0.9, "μ: what the velocity keeps from step to step.");

    public static IReadOnlyList<OptimizerDefinition> Definitions { get; } =
    [
        new("gd", "θ ← θ − η∇J(θ) on the whole training set.", OptimizerKind.Sgd, With([]), Read) { DefaultRate = 0.1, FullBatch = true },
        new("sgd", "θ ← θ − ηg on mini-batches.", OptimizerKind.Sgd, With([]), Read) { DefaultRate = 0.1 },
        new(
            "momentum",
            "v ← μv + (1 − dampening) g, θ ← θ − ηv (Polyak 1964, in PyTorch's form).",
            OptimizerKind.Sgd,
            With([Momentum, new("dampening", SettingKind.Number, "The gradient enters the velocity times 1 − this, from the second step on.") { Default = 0.0, Minimum = 0, Maximum = 1 }]),
            v => Read(v) with { Momentum = v.Number("momentum"), Dampening = v.Number("dampening") }) { DefaultRate = 0.1 },
        new(
            "nesterov",
            "v ← μv + g, θ ← θ − η(g + μv) (Nesterov 1983, in PyTorch's form).",
            OptimizerKind.Sgd,
            With([Momentum]),
            v => Read(v) with { Momentum = v.Number("momentum"), Nesterov = 1 }) { DefaultRate = 0.1 },
        new(
            "lion",
            "θ ← (1 − ηλ) θ − η sign(β1 m + (1 − β1) g), m ← β2 m + (1 − β2) g (Chen et al. 2023, algorithm 2).",
            OptimizerKind.Lion,
            With([Beta1(), Beta2(0.99)], decoupled: true),
            v => Read(v) with { Beta1 = v.Number("beta1"), Beta2 = v.Number("beta2") }) { DefaultRate = 1e-4 },
    ];
}
