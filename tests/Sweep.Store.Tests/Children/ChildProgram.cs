namespace Sweep.Store.Tests.Children;

/// <summary>The program that the tests start as a process of its own. Each line it prints is an event that a test waits for.</summary>
public static class ChildProgram
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["wait"]:
                Console.WriteLine("ready");
                await Console.In.ReadToEndAsync();
                return 0;
            case ["write", var path]:
                return await StoreWriter.RunAsync(path);
            default:
                await Console.Error.WriteLineAsync("wait | write PATH");
                return 2;
        }
    }
}
