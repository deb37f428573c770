namespace Sweep.Grains.Storage;

/// <summary>A silo as the store knows it: a process that may own sweeps and trials.</summary>
/// <param name="Incarnation">Random per start: the owner's token in sweeps and trials.</param>
/// <param name="Name">For people; an equal name proves nothing.</param>
/// <param name="Process">By which its death can be proved on its own host.</param>
/// <param name="Slots">How many trials it runs at once.</param>
public sealed record SiloRecord(Guid Incarnation, string Name, ProcessIdentity Process, int Slots);
