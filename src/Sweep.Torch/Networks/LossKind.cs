namespace Sweep.Torch;

/// <summary>What a network minimises; the numbers are those of native/kernels.h.</summary>
public enum LossKind
{
    /// <summary>Softmax cross-entropy of the outputs.</summary>
    CrossEntropy,

    /// <summary>The mean, over rows and classes, of the squared distance of the outputs to the one-hot label.</summary>
    MeanSquares,
}
