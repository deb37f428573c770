namespace Sweep.Grains.Spec;

/// <summary>Reads sweep files (YAML; JSON is YAML too).</summary>
public static class SpecReader
{
    /// <summary>Reads and validates a sweep file: the spec, or every mistake in it. Never throws for what the text says.</summary>
    /// <param name="fileName">For messages only.</param>
    public static SpecResult Read(string text, string fileName, Catalogue catalogue) =>
        throw new NotSupportedException($"{text.Length} {fileName} {catalogue}");
}
