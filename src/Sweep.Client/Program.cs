using System.CommandLine;
using Sweep.Client.Commands;
using Sweep.Client.Interaction;
using Sweep.Silo.Execution;

// Training will be asked for: loading its engine takes as long as all the rest of the start, so it begins before anything else.
var trains = args is ["run" or "resume", ..] && !args.Any(a => a is "--help" or "-h" or "-?");
if (trains)
{
    TorchTrainings.Preload();
}

var terminal = new Terminal();
var root = new RootCommand("Hyperparameter sweeps over optimizers, learning rates and schedules.")
{
    RunCommand.Create(terminal),
    ResumeCommand.Create(terminal),
    ListCommand.Create(terminal),
    ShowCommand.Create(terminal),
    BestCommand.Create(terminal),
    TrialsCommand.Create(terminal),
    TrialCommand.Create(terminal),
    ValidateCommand.Create(),
};
root.Options.Add(GlobalOptions.Db);
root.Options.Add(GlobalOptions.Verbose);

var parsed = root.Parse(args);
var code = UsageErrors.Report(parsed) ?? await parsed.InvokeAsync(new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = null,
});
if (trains)
{
    ProcessExit.Now(code);
}

return code;
