namespace Sweep.Search.Spec;

/// <summary>A sweep file as read: the spec, or all its mistakes.</summary>
/// <param name="Spec">Null when there is an error.</param>
/// <param name="Errors">Every mistake, by line.</param>
/// <param name="Warnings">What is allowed but probably not meant, by line; beside errors too.</param>
public sealed record SpecResult(SweepSpec? Spec, IReadOnlyList<SpecError> Errors, IReadOnlyList<SpecError> Warnings);
