namespace Sweep.Client.Tests.EndToEnd;

/// <summary>A folder of a test's own, gone with it.</summary>
internal sealed class Workspace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("sweep-test-").FullName;

    /// <summary>The checkout's root.</summary>
    public static string Root { get; } = FindRoot();

    public string File(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public Task<SweepProcess.Finished> SweepAsync(params string[] arguments) => SweepProcess.RunAsync(Folder, arguments);

    public SweepProcess Start(params string[] arguments) => SweepProcess.Start(Folder, null, arguments);

    /// <summary>
    /// Starts the command on a new store and has it cut short. On a busy machine the cut may come when the command has ended by itself, which tries
    /// nothing: then it is done over.
    /// </summary>
    /// <param name="exitCode">What the command ends with when it was cut short.</param>
    /// <param name="arguments">The command, without its store.</param>
    /// <param name="cutAsync">Waits for the moment, then kills or signals.</param>
    public async Task<(string Db, SweepProcess.Finished End)> CutShortAsync(int exitCode, string[] arguments, Func<SweepProcess, Task> cutAsync)
    {
        for (var attempt = 1; ; attempt++)
        {
            var db = $"cut{attempt}.db";
            using var process = Start([.. arguments, "--db", db]);
            await cutAsync(process);
            var end = await process.EndAsync();
            if (end.ExitCode != ExitCodes.Success || attempt == 5)
            {
                Assert.True(end.ExitCode == exitCode, $"exit code {end.ExitCode} in attempt {attempt}, {exitCode} expected:\n{end.Errors}");
                return (db, end);
            }
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Sweep.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests do not lie in a checkout");
        }

        return folder;
    }
}
