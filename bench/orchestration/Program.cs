using System.Globalization;
using Sweep.Bench.Orchestration;
using Sweep.Silo.Hosting;

// lead DB: submits sweeps and waits for their ends. work DB SLOTS NAME: a silo, with its name as its label too. hand-over DB: what a report costs its trial.
// Started by run.py and silos.py; see ../README.md.
return args switch
{
    ["lead", var db] => await Fleet.LeadAsync(db),
    ["work", var db, var slots, var name] => await Fleet.WorkAsync(db, new SiloOptions(int.Parse(slots, CultureInfo.InvariantCulture)) { Name = name, Labels = name }),
    ["hand-over", var db] => await HandOver.MeasureAsync(db),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: lead DB | work DB SLOTS NAME | hand-over DB");
    return 2;
}
