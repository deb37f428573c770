namespace Sweep.Search.Spec;

/// <summary>Sections that are added to a sweep's text when it is submitted: what stood for something in the store, spelt out.</summary>
public static class SpecSections
{
    /// <summary>The text with a section at its end, inside the braces where the file is one map in braces; the user's own words stay as they are.</summary>
    /// <param name="comment">For who reads the stored spec.</param>
    /// <param name="json">The section's content.</param>
    public static string Add(string source, string name, string comment, string json)
    {
        var text = source.TrimEnd();
        return text.StartsWith('{') && text.EndsWith('}')
            ? $"{text[..^1].TrimEnd().TrimEnd(',')},\n\"{name}\": {json}}}\n"
            : $"{text}\n\n# {comment}\n{name}: {json}\n";
    }
}
