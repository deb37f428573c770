using System.Globalization;
using Sweep.Bench.Orchestration;

// submit DB NAME TRIALS EPOCHS: a sweep of trials that cost nothing, of so many reports each. spec DB FILE: the sweep of a file. work DB SLOTS: a silo; works until nothing is left, says ready,
// waits for a line, works again. hand-over DB: what a report costs its trial. Started by run.py; see ../README.md.
return args switch
{
    ["submit", var db, var name, var trials, var epochs] => await NoOpSweep.SubmitAsync(db, name, Whole(trials), Whole(epochs)),
    ["spec", var db, var file] => await NoOpSweep.SubmitAsync(db, await File.ReadAllTextAsync(file)),
    ["hand-over", var db] => await HandOver.MeasureAsync(db),
    ["work", var db, var slots] => await NoOpSweep.WorkAsync(db, Whole(slots)),
    _ => Usage(),
};

static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: submit DB NAME TRIALS EPOCHS | spec DB FILE | work DB SLOTS | hand-over DB");
    return 2;
}
