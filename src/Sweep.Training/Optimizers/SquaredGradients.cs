using Sweep.Search.Settings;
using Sweep.Torch;
using static Sweep.Training.Optimizers.CommonSettings;

namespace Sweep.Training.Optimizers;

/// <summary>Rates scaled by the size of past gradients, without a mean of the gradients themselves.</summary>
internal static class SquaredGradients
{
    public static IReadOnlyList<OptimizerDefinition> Definitions { get; } =
    [
        new(
            "adagrad",
            "Divides by the root of the sum of squared gradients (Duchi et al. 2011).",
            OptimizerKind.Adagrad,
            With([
                new("lr_decay", SettingKind.Number, "The rate is divided by 1 + t times this, t from 0.") { Default = 0.0, Minimum = 0 },
                new("initial_accumulator", SettingKind.Number, "What the sum starts at.") { Default = 0.0, Minimum = 0 },
                Epsilon(1e-10)]),
            v => Read(v) with { RateDecay = v.Number("lr_decay"), InitialAccumulator = v.Number("initial_accumulator"), Epsilon = v.Number("eps") }) { DefaultRate = 1e-2 },
        new(
            "rmsprop",
            "Divides by the root of a decayed mean of squared gradients (Tieleman and Hinton 2012).",
            OptimizerKind.RmsProp,
            With([
                Fraction("alpha", 0.99, "α: the decay of the mean squared gradient."),
                Epsilon(1e-8),
                Fraction("momentum", 0.0, "μ of a velocity of the scaled gradients; 0 keeps none."),
                new("centered", SettingKind.Boolean, "Subtract the squared mean gradient: divide by the deviation (Graves 2013).") { Default = false }]),
            v => Read(v) with { Alpha = v.Number("alpha"), Epsilon = v.Number("eps"), Momentum = v.Number("momentum"), Centered = Flag(v.Boolean("centered")) }) { DefaultRate = 1e-2 },
        new(
            "adadelta",
            "Multiplies by the root of the mean squared step besides (Zeiler 2012).",
            OptimizerKind.Adadelta,
            With([Fraction("rho", 0.9, "ρ: the decay of both means."), Epsilon(1e-6, "added under both roots")]),
            v => Read(v) with { Rho = v.Number("rho"), Epsilon = v.Number("eps") }) { DefaultRate = 1 },
    ];
}
