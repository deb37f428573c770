namespace Sweep.Search.Spec;

/// <summary><c>bandwidth</c> of TPE: how wide the kernels over a number are.</summary>
public enum TpeBandwidth
{
    /// <summary><c>neighbours</c>: each as wide as the larger distance to its neighbours (Bergstra et al. 2011).</summary>
    Neighbours,

    /// <summary><c>scott</c>: all 0.2 n^(−1/(d + 4)) of the range, as in Optuna's joint model. It does not shrink where trials crowd.</summary>
    Scott,
}
