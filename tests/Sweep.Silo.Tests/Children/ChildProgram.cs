using System.Globalization;

namespace Sweep.Silo.Tests.Children;

/// <summary>What the tests start as a process of its own. Each line it prints is an event that a test waits for.</summary>
public static class ChildProgram
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["silo", var db, var killer, var after, var lives]:
                return await MortalSilo.RunAsync(db, int.Parse(killer, CultureInfo.InvariantCulture), int.Parse(after, CultureInfo.InvariantCulture), int.Parse(lives, CultureInfo.InvariantCulture));
            default:
                await Console.Error.WriteLineAsync("silo DB KILLER AFTER LIVES");
                return 2;
        }
    }
}
