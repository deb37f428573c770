using System.CommandLine;
using Sweep.Client.Commands;
using Sweep.Client.Interaction;

Terminal.Guard();
var terminal = new Terminal();
var root = new RootCommand("Hyperparameter sweeps over optimizers, learning rates and schedules.")
{
    RunCommand.Create(terminal),
    SubmitCommand.Create(terminal),
    WatchCommand.Create(terminal),
    ResumeCommand.Create(terminal),
    RetryCommand.Create(),
    StateCommands.CreatePause(),
    StateCommands.CreateCancel(),
    SetCommand.Create(),
    DeleteCommand.Create(),
    SiloCommand.Create(),
    SilosCommand.Create(terminal),
    ListCommand.Create(terminal),
    ShowCommand.Create(terminal),
    BestCommand.Create(terminal),
    TrialsCommand.Create(terminal),
    TrialCommand.Create(terminal),
    ValidateCommand.Create(),
    PlanCommand.Create(terminal),
    ExportWeightsCommand.Create(),
    DbCommand.Create(),
};
root.Options.Add(GlobalOptions.Db);
root.Options.Add(GlobalOptions.Verbose);

var parsed = root.Parse(args);
var code = UsageErrors.Report(parsed) ?? await CommandHost.GuardAsync(() => parsed.InvokeAsync(new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = null,
}));
ProcessExit.Now(code);
return code;
