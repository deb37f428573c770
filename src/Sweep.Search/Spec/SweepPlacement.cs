namespace Sweep.Search.Spec;

/// <summary>Where and when a sweep's trials run. None of it changes what they compute, but <see cref="Numerics"/>, which keeps it the same.</summary>
/// <param name="Priority">Sweeps of a higher one are served first; those of the same share the slots.</param>
/// <param name="Slots">How many of its trials run at once, over all silos; null for no limit.</param>
/// <param name="Requires">Labels that a silo must have: words, sorted, with commas between them; empty for none.</param>
/// <param name="PoisonAfter">Proved deaths without progress after which a trial is set aside; 0 for never.</param>
/// <param name="Numerics">The numerics profile that its trials are kept on; empty for any.</param>
public sealed record SweepPlacement(
    int Priority = 0, int? Slots = null, string Requires = "", int PoisonAfter = SweepPlacement.DefaultPoisonAfter, string Numerics = "")
{
    /// <summary><see cref="PoisonAfter"/> when a sweep file does not say.</summary>
    public const int DefaultPoisonAfter = 5;

    /// <summary>Deaths from which on a trial runs alone, so that the guilty is told from its neighbours.</summary>
    public const int SuspectAfter = 2;
}
