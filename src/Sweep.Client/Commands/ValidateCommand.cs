using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;

namespace Sweep.Client.Commands;

/// <summary><c>sweep validate SPEC</c>: checks a sweep file and runs nothing.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep file (YAML or JSON)" };
        var command = new Command("validate", "Check a sweep file and run nothing") { spec };
        command.SetAction((parsed, _) => CommandHost.ShowAsync(() =>
        {
            var path = parsed.GetValue(spec)!;
            var result = SpecSource.Load(path);
            foreach (var warning in result.Warnings)
            {
                Terminal.Say(warning.ToString());
            }

            Terminal.Say($"{path} is valid: {SpecText.OneLine(result.Spec!)}");
            if (result.Spec!.Meta is { Schedule: null })
            {
                Terminal.Say("schedule: meta is resolved when the sweep is submitted, from what won in the finished sweeps of its store");
            }

            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }
}
