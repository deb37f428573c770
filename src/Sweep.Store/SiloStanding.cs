namespace Sweep.Store;

/// <summary>How a registered silo stands, by the store's own clock.</summary>
/// <param name="RegisteredAt">For people.</param>
/// <param name="SinceBeat">How long ago it was heard of.</param>
/// <param name="LeaseIsOver">Whether that is longer than its lease, so that it may be buried without proof, by whoever may do that.</param>
public sealed record SiloStanding(SiloRecord Silo, DateTimeOffset RegisteredAt, TimeSpan SinceBeat, bool LeaseIsOver);
