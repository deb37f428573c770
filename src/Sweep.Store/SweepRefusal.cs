namespace Sweep.Store;

/// <summary>Why a live silo leaves a sweep's trials, or its coordination, alone.</summary>
/// <param name="Silo">The silo's name.</param>
/// <param name="Reason">For people: the data differ, a label is missing …</param>
public sealed record SweepRefusal(string Silo, string Reason);
