using System.CommandLine;
using System.CommandLine.Invocation;
using Sweep.Client;
using Sweep.Client.Commands;
using Sweep.Client.Interaction;
using Sweep.Silo.Execution;

// Training will be asked for: loading its engine takes as long as all the rest of the start, so it begins before anything else.
if (args is ["run" or "resume", ..] && !args.Any(a => a is "--help" or "-h" or "-?"))
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
if (parsed.Action is ParseErrorAction errors)
{
    errors.ShowHelp = args.Length == 0;
}

var code = await parsed.InvokeAsync(new InvocationConfiguration
{
    // A person asked nothing of us yet: what help there is goes to people.
    Output = args.Length == 0 ? Console.Error : Console.Out,
    EnableDefaultExceptionHandler = false,
    ProcessTerminationTimeout = null,
});
return parsed.Errors.Count > 0 ? ExitCodes.BadInput : code;
