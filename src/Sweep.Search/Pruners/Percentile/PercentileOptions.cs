using Sweep.Search.Runs;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners.Percentile;

/// <summary><c>type: median</c> or <c>type: percentile</c>: stops a trial that is worse than most of those trained to the full were at that step.</summary>
/// <param name="Percentile">About so many of a hundred go on; 50 for the median. Above 0, below 100.</param>
/// <param name="IsRaw"><c>mode: raw</c>: compares with what the others reported at the step; otherwise with their averages up to it (<c>mode: average</c>, the default).</param>
/// <param name="WarmupSteps">No trial is stopped at or before this step; default 0.</param>
/// <param name="Interval">Checked every so many steps after the warm-up; default 1.</param>
/// <param name="MinTrials">How many trials have to be trained to the full before one is stopped; default 5.</param>
public sealed record PercentileOptions(int MaxResource, double Percentile, bool IsRaw, int WarmupSteps, int Interval, int MinTrials)
    : PrunerOptions(MaxResource)
{
    private const double Median = 50;

    /// <summary>What a sweep file can name: <c>median</c>.</summary>
    public static Component<PrunerOptions> MedianComponent { get; } = new(
        "median",
        "stops a trial that is worse than the median of those trained to the full",
        [
            MaxResourceSetting,
            Setting.Choice("mode", ["average", "raw"], "compares with the running averages of the other trials at that step, or with their `raw` values"),
            Setting.Whole("warmup_steps", 0, 0, "no trial is stopped before"),
            Setting.Whole("interval", 1, 1, "epochs between checks"),
            Setting.Whole("min_trials", 5, 1, "fully trained trials required before one is stopped"),
        ],
        values => Of(values, Median));

    /// <summary>What a sweep file can name: <c>percentile</c>.</summary>
    public static Component<PrunerOptions> Component { get; } = new(
        "percentile",
        "stops a trial that is worse than most of those trained to the full",
        [
            MaxResourceSetting,
            Setting.Gamma("percentile", 0, "about this percentage of trials continues") with { Default = null, Maximum = 99.99, Required = true },
            Setting.Choice("mode", ["average", "raw"], "as for `median`"),
            .. MedianComponent.Settings.Skip(2).Select(setting => setting with { Description = "" }),
        ],
        values => Of(values, values.Number("percentile")));

    /// <inheritdoc/>
    public override string Summary => Percentile == Median ? "median rule" : Text($"percentile rule at {Percentile}");

    /// <inheritdoc/>
    public override IPruner Create(SearchSpec search, Space space, ObjectiveGoal goal) => new PercentilePruner(this, goal);

    private static PercentileOptions Of(SettingValues values, double percentile) => new(
        (int)values.Integer("max_resource"),
        percentile,
        values.Text("mode") == "raw",
        (int)values.Integer("warmup_steps"),
        (int)values.Integer("interval"),
        (int)values.Integer("min_trials"));
}
