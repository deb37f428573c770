using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search.Runs;
using Sweep.Silo.Execution;

namespace Sweep.Client.Commands;

/// <summary><c>sweep plan SPEC</c>: what a sweep will do, how long it will take and how much room, before anything runs.</summary>
internal static class PlanCommand
{
    public static Command Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep file (YAML or JSON)" };
        var slots = SlotOption.Create();
        var quick = new Option<bool>("--no-calibration") { Description = "Do not train for a moment to estimate time and room" };
        var json = GlobalOptions.Json();
        var command = new Command("plan", "Show what a sweep will do, how long it will take and how much room; run nothing") { spec, slots, quick, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(async () =>
        {
            var (sweep, _, warnings) = SpecSource.Load(parsed.GetValue(spec)!);
            foreach (var warning in warnings)
            {
                Terminal.Say(warning.ToString());
            }

            if (sweep!.Meta is { Schedule: null })
            {
                Terminal.Say("schedule: meta is resolved when the sweep is submitted: this plan has the default schedule in its place");
            }

            Calibration? calibration = null;
            if (!parsed.GetValue(quick))
            {
                using var trainings = Trainings.Prepare(sweep!, Terminal.Say);
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
                PlanText.Write(terminal.People, sweep!, plan, calibration, parsed.GetValue(slots));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
