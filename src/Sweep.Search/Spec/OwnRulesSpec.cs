namespace Sweep.Search.Spec;

/// <summary>Pruners that look at their own trial only; those left out are null.</summary>
public sealed record OwnRulesSpec(TargetSpec? Target, PatienceSpec? Patience, ThresholdSpec? Threshold)
{
    /// <summary>No rule.</summary>
    public static OwnRulesSpec None { get; } = new(null, null, null);
}
