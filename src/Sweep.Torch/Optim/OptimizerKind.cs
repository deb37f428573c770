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
}
