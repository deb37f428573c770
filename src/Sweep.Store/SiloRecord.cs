namespace Sweep.Store;

/// <summary>A silo as the store knows it: a process that may own sweeps and trials.</summary>
/// <param name="Incarnation">Random per start: the owner's token in sweeps and trials.</param>
/// <param name="Name">For people; an equal name proves nothing.</param>
/// <param name="Process">By which its death can be proved on its own host.</param>
/// <param name="Slots">How many trials it runs at once.</param>
public sealed record SiloRecord(Guid Incarnation, string Name, ProcessIdentity Process, int Slots)
{
    /// <summary>How long a silo owns what it owns without being heard of, when nothing else is said.</summary>
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(10);

    /// <summary>How long it owns what it owns without being heard of. From then on it must not train, and others may take over.</summary>
    public TimeSpan Lease { get; init; } = DefaultLease;

    /// <summary>What it offers to sweeps that require it: words, sorted, with commas between them; empty for nothing.</summary>
    public string Labels { get; init; } = "";
}

/// <summary>How a registered silo stands, by the store's own clock.</summary>
/// <param name="RegisteredAt">For people.</param>
/// <param name="SinceBeat">How long ago it was heard of.</param>
/// <param name="LeaseIsOver">Whether that is longer than its lease, so that it may be buried without proof, by whoever may do that.</param>
public sealed record SiloStanding(SiloRecord Silo, DateTimeOffset RegisteredAt, TimeSpan SinceBeat, bool LeaseIsOver);

/// <summary>Why a live silo leaves a sweep's trials, or its coordination, alone.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Reason">For people: the data differ, a label is missing …</param>
public sealed record SweepRefusal(string Silo, string Reason);
