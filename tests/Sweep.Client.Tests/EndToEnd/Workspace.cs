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
