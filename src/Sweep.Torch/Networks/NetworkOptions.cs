namespace Sweep.Torch;

/// <summary>How a module is trained.</summary>
public sealed record NetworkOptions
{
    /// <summary>Rows that are in memory at a time: larger batches go in parts, their gradients added up. Batch normalisation sees a part.</summary>
    public int Chunk { get; init; } = Network.DefaultChunk;

    /// <summary>What dropout's masks depend on, beside step, layer and row.</summary>
    public ulong Seed { get; init; }

    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>The share of a label that is spread over all classes, in training only (Szegedy et al. 2016, section 7).</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Where it computes: see <see cref="Devices"/>.</summary>
    public string Device { get; init; } = Devices.Cpu;

    public Precision Precision { get; init; } = Precision.Float32;
}
