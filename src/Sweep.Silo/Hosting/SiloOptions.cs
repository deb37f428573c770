using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>What a silo is, and how it ends.</summary>
/// <param name="Slots">How many trials it runs at once.</param>
public sealed record SiloOptions(int Slots)
{
    /// <summary>Its name, for people; null for host and pid.</summary>
    public string? Name { get; init; }

    /// <summary>What it offers to sweeps that require it (<see cref="SiloRecord.Labels"/>).</summary>
    public string Labels { get; init; } = "";

    public TimeSpan Lease { get; init; } = SiloRecord.DefaultLease;

    /// <summary>How long running trials may take to checkpoint when it is asked to stop; what is left then is given back without.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether it ends when no sweep is left to work on.</summary>
    public bool UntilIdle { get; init; }

    /// <summary>The one sweep that it works on, to whose end it runs; null for all. It stands for a command that a user waits for.</summary>
    /// <remarks>Asked to stop, it pauses that sweep; a fault of the store ends it, where a silo of its own goes on trying.</remarks>
    public SweepRecord? Only { get; init; }
}
