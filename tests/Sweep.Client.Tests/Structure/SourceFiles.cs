using Sweep.Client.Tests.EndToEnd;

namespace Sweep.Client.Tests.Structure;

/// <summary>The source files of the repository, without build output.</summary>
internal static class SourceFiles
{
    /// <summary>The C# files of a folder, given relative to the repository's root.</summary>
    public static IEnumerable<string> In(string folder) =>
        Directory.GetFiles(Path.Combine(Workspace.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Workspace.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Order(StringComparer.Ordinal);
}
