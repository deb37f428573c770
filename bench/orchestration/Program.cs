using System.Globalization;
using Sweep.Bench.Orchestration;

// submit DB TRIALS EPOCHS: a sweep of trials that cost nothing, of so many reports each. spec DB FILE: the sweep of a file. work DB SLOTS: a silo; says ready, waits for a line, works until
// nothing is left. Started by run.py; see ../README.md.
return args switch
{
    ["submit", var db, var trials, var epochs] => await NoOpSweep.SubmitAsync(db, Whole(trials), Whole(epochs)),
    ["spec", var db, var file] => await NoOpSweep.SubmitAsync(db, await File.ReadAllTextAsync(file)),
    ["work", var db, var slots] => await NoOpSweep.WorkAsync(db, Whole(slots)),
    _ => Usage(),
};

static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: submit DB TRIALS EPOCHS | spec DB FILE | work DB SLOTS");
    return 2;
}
