using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;

namespace Sweep.Client.Commands;

/// <summary><c>sweep validate SPEC</c>: checks a sweep file without running it.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep file (YAML or JSON)" };
        var command = new Command("validate", "Check a sweep file without running it") { spec };
        command.SetAction((parsed, _) => CommandHost.ShowAsync(() =>
        {
            var path = parsed.GetValue(spec)!;
            var result = SpecSource.Load(path);
            foreach (var warning in result.Warnings)
            {
                Terminal.Info(warning.ToString());
            }

            Terminal.Info($"{path} is valid: {SpecText.OneLine(result.Spec!)}");
            if (result.Spec!.Meta is { Schedule: null })
            {
                Terminal.Info("schedule: meta is resolved when the sweep is submitted, from the winners of the finished sweeps in the store");
            }

            return Task.FromResult(ExitCodes.Success);
        }));
        return command;
    }
}
