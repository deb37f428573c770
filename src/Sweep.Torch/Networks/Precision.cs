namespace Sweep.Torch;

/// <summary>What activations are kept and multiplied in. Parameters and optimizers are float32 always.</summary>
public enum Precision
{
    Float32,

    /// <summary>8 bits of mantissa: products of bfloat16, summed in float32. Needs a processor with AVX512-BF16.</summary>
    BFloat16,
}
