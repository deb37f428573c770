using Sweep.Search.Settings;
using Sweep.Training.Schedules;

namespace Sweep.Training.Tests.Schedules;

/// <summary>Schedules in one line.</summary>
internal static class ScheduleMaker
{
    public static ScheduleContext Context(double lr = 0.1, int epochs = 10, long stepsPerEpoch = 1) =>
        new() { LearningRate = lr, Epochs = epochs, StepsPerEpoch = stepsPerEpoch };

    public static ISchedule Make(string name, ScheduleContext context, params (string Name, object? Value)[] settings) =>
        ScheduleRegistry.Create(name, Values(name, settings), context);

    public static string? Error(string name, ScheduleContext context, params (string Name, object? Value)[] settings) =>
        ScheduleRegistry.FindError(name, Values(name, settings), context);

    public static double[] Rates(ISchedule schedule, int count) => [.. Enumerable.Range(0, count).Select(i => schedule.RateAt(i))];

    public static void AssertClose(double expected, double actual, string what, double relative = 1e-12) =>
        Assert.True(Math.Abs(expected - actual) <= relative * Math.Max(Math.Abs(expected), 1e-3), $"{what}: {actual:R} instead of {expected:R}");

    public static void AssertCurve(IReadOnlyList<double> expected, ISchedule schedule, string what, double relative = 1e-12)
    {
        for (var step = 0; step < expected.Count; step++)
        {
            AssertClose(expected[step], schedule.RateAt(step), $"{what}, step {step}", relative);
        }
    }

    private static SettingValues Values(string name, (string Name, object? Value)[] settings)
    {
        var definitions = ScheduleRegistry.Find(name).Settings;
        Assert.All(settings, s => Assert.Contains(definitions, d => d.Name == s.Name));
        return new SettingValues(settings.ToDictionary(s => s.Name, s => s.Value), definitions);
    }
}
