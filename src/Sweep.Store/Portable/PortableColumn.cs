namespace Sweep.Store.Portable;

/// <summary>A column of a <see cref="PortableTable"/>.</summary>
internal sealed record PortableColumn(string Name, PortableKind Kind)
{
    /// <summary>What is read for it.</summary>
    public string Sql { get; init; } = Name;

    /// <summary>The table whose ids it holds; null for none.</summary>
    public string? References { get; init; }
}
