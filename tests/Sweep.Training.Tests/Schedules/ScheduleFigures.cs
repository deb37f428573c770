using Sweep.Torch;
using Sweep.Training.Schedules;

namespace Sweep.Training.Tests.Schedules;

/// <summary>The curves that docs/schedules.md shows, by schedule: each with the settings written below it.</summary>
internal static class ScheduleFigures
{
    public const int Epochs = 20;
    private const int StepsPerEpoch = 10;

    private static readonly Dictionary<string, (string Label, (string, object?)[] Settings)[]> Figures = new(StringComparer.Ordinal)
    {
        ["constant"] = [("defaults", []), ("warmup_epochs: 4", [("warmup_epochs", 4.0)])],
        ["multiplicative"] = [("factor: 0.8", [("factor", 0.8)]), ("factor: 0.1, start: 12", [("factor", 0.1), ("start", 12L)])],
        ["inverse_time"] = [("decay: 0.2", [("decay", 0.2)]), ("decay: 0.2, recursive: true", [("decay", 0.2), ("recursive", true)]), ("decay: 0.02, recursive: period", [("decay", 0.02), ("recursive", "period")])],
        ["step"] = [("gamma: 0.5, every: 5", [("gamma", 0.5), ("every", 5.0)]), ("gamma: 0.5, every: 5, offset: 4", [("gamma", 0.5), ("every", 5.0), ("offset", 4.0)])],
        ["piecewise"] = [("defaults", []), ("boundaries: [3, 12], values: [0.3, 1, 0.2]", [("boundaries", new[] { 3.0, 12.0 }), ("values", new[] { 0.3, 1.0, 0.2 })])],
        ["exponential"] = [("gamma: 0.85", [("gamma", 0.85)]), ("gamma: 0.5, every: 5, staircase: true", [("gamma", 0.5), ("every", 5.0), ("staircase", true)]), ("gamma: 0.7, every: 8, staircase: true, max_drops: 1", [("gamma", 0.7), ("every", 8.0), ("staircase", true), ("max_drops", 1L)])],
        ["natural_exponential"] = [("decay: 0.1", []), ("decay: 0.3", [("decay", 0.3)])],
        ["linear"] = [("defaults", []), ("end_factor: 0.3", [("end_factor", 0.3)])],
        ["polynomial"] = [("power: 0.5", [("power", 0.5)]), ("power: 2", [("power", 2.0)]), ("power: 4, end_factor: 0.1", [("power", 4.0), ("end_factor", 0.1)])],
        ["cosine"] = [("defaults", []), ("min_factor: 0.1, warmup_epochs: 3, warmup_start_factor: 0", [("min_factor", 0.1), ("warmup_epochs", 3.0), ("warmup_start_factor", 0.0)])],
        ["cosine_restarts"] = [("first_period: 5", [("first_period", 5.0)]), ("first_period: 3, period_factor: 2", [("first_period", 3.0), ("period_factor", 2.0)])],
        ["cyclical"] = [("defaults", []), ("mode: triangular2", [("mode", "triangular2")]), ("mode: exp_range, gamma: 0.9", [("mode", "exp_range"), ("gamma", 0.9)])],
        ["one_cycle"] = [("defaults", []), ("anneal_strategy: linear, three_phase: true", [("anneal_strategy", "linear"), ("three_phase", true)])],
        ["inverse_sqrt"] = [("defaults", []), ("warmup: 5", [("warmup", 5.0)])],
        ["warmup_stable_decay"] = [("defaults", []), ("decay_length: 10, decay_shape: sqrt", [("decay_length", 10.0), ("decay_shape", "sqrt")])],
        ["sequence"] = [("defaults", []), ("schedules: [linear, cosine], milestones: [5], linear.start_factor: 0.1, linear.end_factor: 1", [("schedules", new[] { "linear", "cosine" }), ("milestones", new[] { 5.0 }), ("linear.start_factor", 0.1), ("linear.end_factor", 1.0)])],
        ["hypergradient"] = [("beta: 0.05, steps that agree until epoch 6 and turn back after", [("beta", 0.05)]), ("beta: 0.02, the same", [])],
        ["gradient_norm"] = [("gradients that halve by epoch 10 and double after", []), ("power: -1, the same", [("power", -1.0)])],
        ["learned_controller"] = [("decisions: 1, steps that agree and a loss that falls until epoch 6, the opposite after", [("decisions", 1L)]), ("decisions: 2, the same", [("decisions", 2L)])],
        ["plateau"] = [("factor: 0.5, patience: 2, val_loss falling until epoch 6 and from 12 to 14", [("factor", 0.5), ("patience", 2L)])],
    };

    public static string Draw(string name) =>
        SvgPlot.Draw(name, Epochs, [.. Figures[name].Select(figure => (figure.Label, Rates(name, figure.Settings)))]);

    private static double[] Rates(string name, (string, object?)[] settings)
    {
        var schedule = ScheduleMaker.Make(name, ScheduleMaker.Context(lr: 1, Epochs, StepsPerEpoch), settings);
        var rates = new double[(Epochs * StepsPerEpoch) + 1];
        for (var step = 0; step < rates.Length; step++)
        {
            if (step > 0 && step % StepsPerEpoch == 0 && schedule is IEpochWatchingSchedule watching)
            {
                Observe(watching, step / StepsPerEpoch, step);
            }

            if (schedule is IGradientWatchingSchedule gradients)
            {
                gradients.ObserveGradient(Gradient(step));
            }

            rates[step] = schedule.RateAt(step);
        }

        // The end of the last step has its rate: T itself, where some curves begin anew, is never trained.
        rates[^1] = rates[^2];
        return rates;
    }

    private static GradientObservation Gradient(long step)
    {
        var epoch = step / (double)StepsPerEpoch;
        var norm = Math.Pow(2, Math.Abs(epoch - 10) / 10);
        return new GradientObservation(step, epoch < 6 ? 10 - epoch : 4 + (0.1 * (epoch - 6)), new GradientStatistics(norm, norm * (epoch < 6 ? 0.5 : -0.3), 1));
    }

    private static void Observe(IEpochWatchingSchedule schedule, int epoch, long steps)
    {
        var falls = Math.Min(epoch, 6) + Math.Clamp(epoch - 11, 0, 3);
        schedule.ObserveEpoch(new EpochObservation(epoch, steps, new Dictionary<string, double> { [schedule.Metric] = 10 - falls }));
    }
}
