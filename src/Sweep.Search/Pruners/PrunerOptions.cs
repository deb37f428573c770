using System.Globalization;
using Sweep.Search.Pruners.Asha;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Pruners.Hyperband;
using Sweep.Search.Pruners.Pbt;
using Sweep.Search.Pruners.Percentile;
using Sweep.Search.Runs;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners;

/// <summary>Which pruner, with its settings.</summary>
/// <param name="MaxResource">The most epochs a trial is granted (R in the papers).</param>
public abstract record PrunerOptions(int MaxResource)
{
    /// <summary>The setting of <see cref="MaxResource"/>, whose default is the task's epochs.</summary>
    internal static Setting MaxResourceSetting { get; } = Setting.Whole("max_resource", null, 1, "") with { Unset = TaskSpec.EpochsParameter };

    /// <summary>Whether it decides only when a rung is full, so that the order of arrivals has no say.</summary>
    public virtual bool WaitsForFullRungs => false;

    /// <summary>Whether trials may train a few more epochs than are planned.</summary>
    public virtual bool ExceedsPlan => false;

    /// <summary>Why a sweep cannot have more trials than its file says; null when it can.</summary>
    public virtual string? WhyNotExtended => null;

    /// <summary>How many trials there are when a sweep file does not say; null when it must.</summary>
    public virtual long? DefaultTrials => null;

    /// <summary>For a line of text about the sweep: <c>hyperband from 1 to 81 epochs</c>.</summary>
    public abstract string Summary { get; }

    /// <summary>A pruner without trials.</summary>
    /// <param name="space">Of the sweep: population based training moves in it.</param>
    /// <param name="goal">Of the first objective.</param>
    public abstract IPruner Create(SearchSpec search, Space space, ObjectiveGoal goal);

    /// <summary>The rungs of a sweep before anything has run; none when it has no rungs.</summary>
    public virtual IReadOnlyList<PlannedBracket> Plan(SearchSpec search) => [];

    /// <summary>What is wrong with it in a search; null for nothing.</summary>
    internal virtual PrunerProblem? FindProblem(SearchSpec search) => null;

    private protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A pruner that does not go with the rest of a search.</summary>
/// <param name="Setting">Of the section <c>search</c>.</param>
/// <param name="IsWarning">Whether the sweep can run all the same.</param>
/// <param name="At">The setting whose line is reported.</param>
internal sealed record PrunerProblem(string Setting, string Message, bool IsWarning = false, string At = "pruner");

/// <summary>A pruner that compares trials at rungs.</summary>
/// <param name="MinResource">r in the papers: no rung lies below it.</param>
/// <param name="MaxResource">R in the papers: the resource of the top rung.</param>
/// <param name="ReductionFactor">η in the papers: about one in so many goes on.</param>
public abstract record RungPrunerOptions(int MinResource, int MaxResource, int ReductionFactor) : PrunerOptions(MaxResource)
{
    /// <summary>A component that has the three settings, and others after them.</summary>
    /// <param name="texts">Of the three, for the documentation.</param>
    private protected static Component<PrunerOptions> RungComponent(
        string name, string description, string[] texts, IReadOnlyList<Setting> others, Func<SettingValues, int, int, int, PrunerOptions> create) => new(
        name,
        description,
        [
            Setting.Whole("min_resource", 1, 1, texts[0]),
            MaxResourceSetting with { Description = texts[1] },
            Setting.Whole("reduction_factor", 3, 2, texts[2]),
            .. others,
        ],
        values => create(values, (int)values.Integer("min_resource"), (int)values.Integer("max_resource"), (int)values.Integer("reduction_factor")))
    {
        FindError = values => values.Integer("min_resource") is var min && values.IntegerOrNull("max_resource") is { } max && min > max
            ? new SettingError("min_resource", $"{min} is above {(values.IsGiven("max_resource") ? "max_resource" : TaskSpec.EpochsParameter)} {max}", "max_resource")
            : null,
    };

    /// <summary>A bracket with these rungs.</summary>
    private protected static PlannedBracket Bracket(string name, int minResource, int trials, int maxResource, int reductionFactor)
    {
        var rungs = Halving.HalvingBracket.Rungs(minResource, maxResource, reductionFactor);
        return new PlannedBracket(name, 1, rungs, Halving.HalvingBracket.Sizes(trials, rungs.Count, reductionFactor));
    }
}

/// <summary>All pruners, in the order of the documentation.</summary>
public static class PrunerRegistry
{
    /// <summary>Pruners that compare trials: a search has at most one of them.</summary>
    public static IReadOnlyList<Component<PrunerOptions>> All { get; } =
    [
        Halving.HalvingOptions.Component,
        Hyperband.HyperbandOptions.Component,
        Asha.AshaOptions.Component,
        Asha.AshaOptions.StoppingComponent,
        Percentile.PercentileOptions.MedianComponent,
        Percentile.PercentileOptions.Component,
        Pbt.PbtOptions.Component,
    ];
}
