namespace Sweep.Search.Spec;

/// <summary>Reads keys whose value is one of a few words.</summary>
internal static class Words
{
    /// <summary>The word; the default when the key is left out; null with an error when it is another, or required and left out.</summary>
    internal static string? Read(SpecMap section, string sectionPath, string key, string[] allowed, string? otherwise, SpecLog log)
    {
        var path = SpecLog.Join(sectionPath, key);
        if (section.Find(key) is not { } entry)
        {
            if (otherwise is null)
            {
                log.Missing(section, key, path, $"is required: one of {string.Join(", ", allowed)}");
            }

            return otherwise;
        }

        if (entry.Value is SpecScalar { IsNull: false } scalar)
        {
            if (allowed.Contains(scalar.Text))
            {
                return scalar.Text;
            }

            log.Error(entry.Line, path, $"unknown value '{scalar.Text}'; {Spelling.Hint(scalar.Text, allowed)}");
            return null;
        }

        log.Error(entry.Line, path, $"expected one of {string.Join(", ", allowed)}, found {entry.Value.Describe()}");
        return null;
    }
}
