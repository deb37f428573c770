namespace Sweep.Search.Spec;

/// <summary>One mistake in a sweep file, or one warning about it.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Path">The key concerned (<c>search.pruner.type</c>), or the parameter's name; empty for the file as a whole.</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record SpecError(string File, int Line, string Path, string Message)
{
    /// <summary>One line for people: <c>file:line: path: message</c>.</summary>
    public override string ToString() => Path.Length == 0 ? $"{File}:{Line}: {Message}" : $"{File}:{Line}: {Path}: {Message}";
}
