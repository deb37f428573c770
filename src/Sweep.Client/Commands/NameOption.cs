using System.CommandLine;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary><c>--name N</c> of commands that make a sweep.</summary>
internal static class NameOption
{
    public static Option<string?> Create()
    {
        var name = new Option<string?>("--name")
        {
            Description = "The sweep's name; a taken one is an error. Without it the file's name is used, with -2, -3 … when taken",
            HelpName = "N",
        };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !SpecReader.IsName(text))
            {
                result.AddError($"--name: '{text}' is no name: {SpecReader.NameRule}");
            }
        });
        return name;
    }
}
