using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>One schedule after another, each over its own stretch of the training (PyTorch SequentialLR).</summary>
/// <remarks>
/// Member i sees t from 0 at milestone i − 1, and as its T the length of its stretch. A member's settings are named
/// <c>NAME.setting</c> (<c>cosine.min_factor</c>); two members of one name share them.
/// </remarks>
internal sealed class SequenceCurve(Curve[] members, long[] begins) : Curve
{
    // Only schedules set in advance can be members, and a sequence within a sequence is a longer sequence.
    private static readonly ScheduleDefinition[] Members =
    [
        ConstantCurve.Definition, MultiplicativeCurve.Definition, InverseTimeCurve.Definition, StepCurve.Definition, PiecewiseCurve.Definition,
        ExponentialCurve.Definition, NaturalExponentialCurve.Definition, LinearCurve.Definition, PolynomialCurve.Definition, CosineCurve.Definition,
        CosineRestartsCurve.Definition, CyclicalCurve.Definition, OneCycleCurve.Definition, InverseSqrtCurve.Definition, WarmupStableDecayCurve.Definition,
    ];

    public static ScheduleDefinition Definition { get; } = new(
        "sequence",
        "One schedule after another.",
        [
            new Setting("schedules", SettingKind.ChoiceList, "The members in order") { Default = new[] { "constant", "cosine" }, Choices = [.. Members.Select(m => m.Name)] },
            new Setting("milestones", SettingKind.NumberList, "When the members after the first begin, ascending, less than T; one fewer than schedules; even parts of T when left out") { Minimum = 0, MinimumExclusive = true },
            new Setting("factors", SettingKind.NumberList, "Each member's largest rate as a multiple of lr, the largest 1; all 1 when left out") { Minimum = 0, MinimumExclusive = true, Maximum = 1 },
            .. Members.SelectMany(m => m.OwnSettings.Select(s => s with { Name = $"{m.Name}.{s.Name}" })),
        ],
        Create);

    public override bool CyclesMomentum => members.Any(m => m.CyclesMomentum);

    public override double At(long step) => Member(step).At(step);

    public override double? MomentumAt(long step) => Member(step).MomentumAt(step);

    public override long RampEnd(long step) => Member(step).RampEnd(step);

    private static SequenceCurve Create(SettingValues values, CurveSpan span)
    {
        var names = values.Texts("schedules");
        if (names.Count == 0)
        {
            throw new TrainingException("schedules: the list is empty");
        }

        Rational[] milestones = values.IsGiven("milestones") ? [.. values.Exacts("milestones")] : [.. Enumerable.Range(1, names.Count - 1).Select(i => span.Length * i / names.Count)];
        double[] factors = values.IsGiven("factors") ? [.. values.Numbers("factors")] : [.. Enumerable.Repeat(1.0, names.Count)];
        ThrowIfMismatched(names, milestones, factors, span.Length);

        Rational[] bounds = [0, .. milestones, span.Length];
        return new SequenceCurve(
            [.. names.Select((name, i) => CreateMember(name, values, span.Part(bounds[i], bounds[i + 1], factors[i])))],
            Array.ConvertAll(milestones, span.StepAt));
    }

    private static Curve CreateMember(string name, SettingValues values, CurveSpan span)
    {
        var definition = Array.Find(Members, m => string.Equals(m.Name, name, StringComparison.Ordinal))
            ?? throw new TrainingException($"schedules: {name} is none of {string.Join(", ", Members.Select(m => m.Name))}");
        try
        {
            return definition.Curve!(values.Under(name + ".", definition.OwnSettings), span);
        }
        catch (TrainingException e)
        {
            throw new TrainingException($"{name}.{e.Message} (T is the length of its stretch)", e);
        }
    }

    private static void ThrowIfMismatched(IReadOnlyList<string> names, Rational[] milestones, double[] factors, Rational length)
    {
        if (milestones.Length != names.Count - 1)
        {
            throw new TrainingException($"milestones has {milestones.Length} entries; schedules has {names.Count}, so milestones needs {names.Count - 1}");
        }

        if (factors.Length != names.Count)
        {
            throw new TrainingException($"factors has {factors.Length} entries; schedules has {names.Count}, so factors needs {names.Count}");
        }

        Lists.ThrowIfNotAscending("milestones", milestones);
        Lists.ThrowIfLargestIsNotOne("factors", factors);
        if (milestones.Length > 0 && milestones[^1] >= length)
        {
            throw new TrainingException($"milestones: {milestones[^1]} is not less than T, {length}");
        }
    }

    private Curve Member(long step)
    {
        var i = 0;
        while (i < begins.Length && step >= begins[i])
        {
            i++;
        }

        return members[i];
    }
}
