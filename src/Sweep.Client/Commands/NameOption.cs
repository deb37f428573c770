using System.CommandLine;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary><c>--name N</c> of commands that create a sweep.</summary>
internal static class NameOption
{
    public static Option<string?> Create()
    {
        var name = new Option<string?>("--name")
        {
            Description = "The sweep's name; it is an error if the name is in use. Default: the name in the file, with -2, -3 … if that is in use",
            HelpName = "N",
        };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !SpecReader.IsName(text))
            {
                result.AddError($"--name: '{text}' is not a name: {SpecReader.NameRule}");
            }
        });
        return name;
    }
}
