namespace Sweep.Search.Spec;

/// <summary>A piece of a sweep file: a scalar, a list or a map, with the line it begins on.</summary>
internal abstract record SpecNode(int Line)
{
    /// <summary>For messages: what was found.</summary>
    internal abstract string Describe();
}

/// <summary>A single value.</summary>
/// <param name="IsPlain">Written without quotes, so that it may be a number, true, false or null.</param>
internal sealed record SpecScalar(int Line, string Text, bool IsPlain) : SpecNode(Line)
{
    internal bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";

    internal override string Describe() => IsNull ? "nothing" : $"'{(Text.Length > 60 ? string.Concat(Text.AsSpan(0, 57), "...") : Text)}'";
}

/// <summary>A list.</summary>
internal sealed record SpecList(int Line, IReadOnlyList<SpecNode> Items) : SpecNode(Line)
{
    internal override string Describe() => "a list";
}

/// <summary>A map, in the file's order, its keys distinct.</summary>
internal sealed record SpecMap(int Line, IReadOnlyList<SpecEntry> Entries) : SpecNode(Line)
{
    internal SpecEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry;
            }
        }

        return null;
    }

    internal override string Describe() => "a map";
}

/// <summary>A key with its value.</summary>
internal sealed record SpecEntry(string Key, int Line, SpecNode Value);
