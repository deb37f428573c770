using Sweep.Grains;
using Sweep.Grains.Spec;
using Sweep.Silo.Execution;

namespace Sweep.Client.Commands;

/// <summary>Reads and checks a sweep file.</summary>
internal static class SpecSource
{
    /// <summary>The checked spec of a file.</summary>
    /// <exception cref="NotFoundException">There is no such file.</exception>
    /// <exception cref="BadSpecException">It has mistakes: all of them.</exception>
    public static SpecResult Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotFoundException($"{path}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SweepException(Directory.Exists(path) ? $"{path} is a folder, not a sweep file" : $"{path} cannot be read: {e.Message}");
        }

        return Parse(text, path);
    }

    /// <summary>The checked spec of a text, from a file or from the store.</summary>
    public static SpecResult Parse(string text, string file)
    {
        var result = SpecReader.Read(text, file, TaskCatalogues.Create);
        var errors = result.Spec is null ? result.Errors : TaskCatalogues.Check(result.Spec);
        return errors.Count > 0 ? throw new BadSpecException(errors) : result;
    }
}
