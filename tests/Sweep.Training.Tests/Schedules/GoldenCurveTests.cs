using Sweep.Training.Schedules;
using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

/// <summary>Every step of every curve in tests/reference/schedules.json, made by PyTorch 1.13 or by TensorFlow's documented formulas.</summary>
public class GoldenCurveTests
{
    // PyTorch multiplies its way along, so the last digits of its curves drift where ours are in closed form.
    private const double Tolerance = 1e-11;

    public static TheoryData<string> SetInAdvance() => [.. ReferenceCase.All.Where(c => c.Metrics is null).Select(c => c.Name)];

    public static TheoryData<string> Watching() => [.. ReferenceCase.All.Where(c => c.Metrics is not null).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(SetInAdvance))]
    public void Schedule_SetInAdvance_FollowsTheReferenceCurve(string name)
    {
        var reference = ReferenceCase.All.Single(c => c.Name == name);
        var schedule = reference.Make();

        AssertCurve(reference.Rates, schedule, reference.Source, Tolerance);
        for (var step = 0; step < (reference.Momenta?.Length ?? 0); step++)
        {
            AssertClose(reference.Momenta![step], Assert.IsType<IMomentumSchedule>(schedule, exactMatch: false).MomentumAt(step)!.Value, $"{reference.Source} momentum, step {step}", Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Watching))]
    public void Schedule_WatchingTheTraining_FollowsTheReferenceCurve(string name)
    {
        var reference = ReferenceCase.All.Single(c => c.Name == name);
        var schedule = Assert.IsType<IEpochWatchingSchedule>(reference.Make(), exactMatch: false);

        for (var epoch = 0; epoch < reference.Rates.Length; epoch++)
        {
            Assert.Equal(reference.Rates[epoch], schedule.RateAt(epoch));
            schedule.ObserveEpoch(new EpochObservation(epoch + 1, epoch + 1, new Dictionary<string, double> { [schedule.Metric] = reference.Metrics![epoch] }));
        }
    }
}
