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
    /// Starts the command on a new store and cuts it short after some lines on standard error. On a busy machine the cut may come when the command has
    /// ended by itself, which tries nothing: then it is done over.
    /// </summary>
    /// <param name="arguments">The command, without its store.</param>
    /// <param name="line">What each of the lines contains.</param>
    /// <param name="times">How many of them to wait for.</param>
    /// <param name="exitCode">What the command ends with when it was cut short.</param>
    /// <param name="cut">Kills or signals.</param>
    public async Task<(string Db, SweepProcess.Finished End)> CutShortAsync(
        string[] arguments, string line, int times, int exitCode, Action<SweepProcess> cut)
    {
        for (var attempt = 1; ; attempt++)
        {
            var db = $"cut{attempt}.db";
            using var process = Start([.. arguments, "--db", db]);
            for (var i = 0; i < times; i++)
            {
                await process.LineAsync(line);
            }

            cut(process);
            var end = await process.EndAsync();
            if (end.ExitCode != ExitCodes.Success || attempt == 5)
            {
                Assert.True(end.ExitCode == exitCode, $"exit code {end.ExitCode} in attempt {attempt}, {exitCode} expected:\n{end.Errors}");
                return (db, end);
            }
        }
    }

    /// <summary>The same with SIGKILL.</summary>
    public Task<(string Db, SweepProcess.Finished End)> KillAsync(string[] arguments, string line, int times = 1) =>
        CutShortAsync(arguments, line, times, 137, process => process.Kill());

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
