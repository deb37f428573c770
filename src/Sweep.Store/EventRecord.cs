namespace Sweep.Store;

/// <summary>A line of the audit trail.</summary>
/// <param name="Kind">What happened: the name of an <see cref="EventKind"/> in lower case.</param>
/// <param name="Trial">The trial's number, or null when it concerns the sweep.</param>
public sealed record EventRecord(DateTimeOffset At, string Kind, int? Trial, string Silo, string Text);
