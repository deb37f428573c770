using System.CommandLine;

namespace Sweep.Client.Commands;

/// <summary><c>--slots K</c>: how many trials run at once.</summary>
internal static class SlotOption
{
    private const int Most = 1024;

    public static Option<int> Create()
    {
        var slots = new Option<int>("--slots")
        {
            Description = "How many trials run at once, each on one core; one per core by default",
            HelpName = "K",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        slots.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 1 or > Most)
            {
                r.AddError($"--slots: {r.GetValueOrDefault<int>()} is not between 1 and {Most}");
            }
        });
        return slots;
    }
}
