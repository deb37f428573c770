namespace Sweep.Search.Spec;

/// <summary><c>type: threshold</c>: a trial whose first objective is below <paramref name="Lower"/>, above <paramref name="Upper"/> or no number after an epoch is Pruned.</summary>
/// <param name="Lower">Null for no bound.</param>
/// <param name="Upper">Null for no bound.</param>
/// <param name="WarmupSteps">It is left alone up to this step.</param>
public sealed record ThresholdSpec(double? Lower, double? Upper, int WarmupSteps);
