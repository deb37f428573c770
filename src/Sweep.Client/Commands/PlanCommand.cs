using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search.Runs;
using Sweep.Silo.Execution;

namespace Sweep.Client.Commands;

/// <summary><c>sweep plan SPEC</c>: the trials, epochs, time and disk space of a sweep, before it runs.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep file (YAML or JSON)" };
        var slots = SlotOption.Create();
        var quick = new Option<bool>("--no-calibration") { Description = "Do not train for a moment to estimate time and disk space" };
        var json = GlobalOptions.Json();
        var command = new Command("plan", "Show the trials, epochs, time and disk space of a sweep; runs nothing") { spec, slots, quick, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(async () =>
        {
            var (sweep, _, warnings) = SpecSource.Load(parsed.GetValue(spec)!);
            foreach (var warning in warnings)
            {
                Terminal.Info(warning.ToString());
            }

            if (sweep!.Meta is { Schedule: null })
            {
                Terminal.Info("schedule: meta is resolved when the sweep is submitted: this plan uses the default schedule instead");
            }

            Calibration? calibration = null;
            if (!parsed.GetValue(quick))
            {
                using var trainings = Trainings.Prepare(sweep!, Terminal.Info);
                await trainings.LoadInputsAsync(cancellationToken);
                calibration = await Calibration.MeasureAsync(sweep!, trainings, parsed.GetValue(slots), TimeProvider.System, cancellationToken);
            }

            var plan = SearchPlan.Of(sweep!);
            if (parsed.GetValue(json))
            {
                PlanText.WriteJson(sweep!, plan, calibration, parsed.GetValue(slots));
            }
            else
            {
                PlanText.Write(terminal.Display, sweep!, plan, calibration, parsed.GetValue(slots));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
