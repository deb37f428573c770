namespace Sweep.Torch;

/// <summary>What a network minimises; the numbers are those of native/kernels.h.</summary>
public enum LossKind
{
    /// <summary>Softmax cross-entropy of the outputs.</summary>
    CrossEntropy,

    /// <summary>The mean, over rows and outputs, of the squared distance to the one-hot label, or to the number that is to be predicted.</summary>
    MeanSquares,
}
