namespace Sweep.Torch.Modules;

/// <summary>Batch normalisation of the columns of [rows, features].</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long features, double epsilon, double momentum)
        : base(features, epsilon, momentum)
    {
    }
}
