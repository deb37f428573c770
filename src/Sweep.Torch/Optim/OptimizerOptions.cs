using System.Runtime.InteropServices;

namespace Sweep.Torch;

/// <summary>The settings of an optimizer. One that its kind lacks is ignored. Flags are 0 or 1.</summary>
/// <remarks>The fields and their order are those of OptimizerOptions in native/optimizer.h.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct OptimizerOptions()
{
    /// <summary>μ of Sgd and RmsProp; 0 keeps no velocity. DAdaptSgd and ScheduleFreeSgd: β, the weight of the average.</summary>
    public double Momentum { get; init; }

    /// <summary>Sgd: the gradient enters the velocity times 1 − dampening, from the second step on.</summary>
    public double Dampening { get; init; }

    /// <summary>Sgd: 1 for Nesterov's form.</summary>
    public double Nesterov { get; init; }

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε, added to the denominator (Adadelta: under the root).</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Adam and AdamW: 1 divides by the largest second moment so far.</summary>
    public double Amsgrad { get; init; }

    /// <summary>RmsProp: the decay of the squared gradients.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>RmsProp: 1 subtracts the squared mean gradient.</summary>
    public double Centered { get; init; }

    /// <summary>Adadelta: the decay of both averages.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>Adagrad: the rate is divided by 1 + (t − 1) times this.</summary>
    public double RateDecay { get; init; }

    /// <summary>Adagrad: what the sum of squares starts at.</summary>
    public double InitialAccumulator { get; init; }

    /// <summary>NAdam: ψ of the momentum schedule.</summary>
    public double MomentumDecay { get; init; } = 4e-3;

    /// <summary>λ: coupled (added to the gradient as λθ), but decoupled (θ ← (1 − ηλ) θ) for AdamW, Lion, Prodigy and ScheduleFreeAdamW.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Adds this times sign(θ) to the gradient.</summary>
    public double L1 { get; init; }

    /// <summary>The largest norm of the whole gradient; a longer one is shortened to it. Infinity: off.</summary>
    public double ClipNorm { get; init; } = double.PositiveInfinity;

    /// <summary>The largest magnitude of each element of the gradient, after clipping by norm. Infinity: off.</summary>
    public double ClipValue { get; init; } = double.PositiveInfinity;

    /// <summary>The largest magnitude of each parameter after the step. Infinity: off.</summary>
    public double WeightClip { get; init; } = double.PositiveInfinity;

    /// <summary>d0 of D-Adaptation and Prodigy: below the distance from the start to the solution.</summary>
    public double InitialEstimate { get; init; } = 1e-6;
}
