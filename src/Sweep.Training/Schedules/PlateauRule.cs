namespace Sweep.Training.Schedules;

/// <summary>The pure step of <see cref="PlateauSchedule"/>: (state, metric) to state.</summary>
internal readonly record struct PlateauRule(
    bool Maximize, double Factor, long Patience, double Threshold, bool Relative, long Cooldown, double MinRate)
{
    // ReduceLROnPlateau's eps: a smaller cut is not made.
    private const double SmallestCut = 1e-8;

    public PlateauState Start(double rate) =>
        new(rate, Maximize ? double.NegativeInfinity : double.PositiveInfinity, BadEpochs: 0, CooldownLeft: 0);

    public PlateauState Next(PlateauState state, double metric)
    {
        var (rate, best, bad, cooldown) = state;
        (best, bad) = IsBetter(metric, best) ? (metric, 0) : (best, bad + 1);
        if (cooldown > 0)
        {
            (cooldown, bad) = (cooldown - 1, 0);
        }

        if (bad > Patience)
        {
            var cut = Math.Max(rate * Factor, MinRate);
            rate = rate - cut > SmallestCut ? cut : rate;
            (cooldown, bad) = (Cooldown, 0);
        }

        return new PlateauState(rate, best, bad, cooldown);
    }

    private bool IsBetter(double metric, double best) => (Maximize, Relative) switch
    {
        (false, true) => metric < best * (1 - Threshold),
        (false, false) => metric < best - Threshold,
        (true, true) => metric > best * (1 + Threshold),
        (true, false) => metric > best + Threshold,
    };
}
