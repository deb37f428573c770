namespace Sweep.Torch;

/// <summary>The update rules of <see cref="torch.optim.Optimizer"/>; the order is that of native/optimizer.h.</summary>
public enum OptimizerKind
{
    /// <summary>θ ← θ − ηg, with momentum v ← μv + (1 − dampening) g, θ ← θ − ηv, or Nesterov's θ ← θ − η(g + μv).</summary>
    Sgd,
    Adagrad,
    RmsProp,
    Adam,
    AdamW,
    Adadelta,
    Adamax,
    NAdam,
    RAdam,
    Lion,

    /// <summary>SGD with D-Adaptation (Defazio and Mishchenko 2023).</summary>
    DAdaptSgd,

    /// <summary>Adam with D-Adaptation (Defazio and Mishchenko 2023).</summary>
    DAdaptAdam,

    /// <summary>Prodigy's Adam version (Mishchenko and Defazio 2023).</summary>
    Prodigy,

    /// <summary>Schedule-Free SGD (Defazio et al. 2024).</summary>
    ScheduleFreeSgd,

    /// <summary>Schedule-Free AdamW (Defazio et al. 2024, algorithm 1).</summary>
    ScheduleFreeAdamW,
}
