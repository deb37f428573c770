namespace Sweep.Store.Portable;

/// <summary>Writes rows.</summary>
internal interface IRowWriter
{
    /// <summary>Whether a sweep has that name.</summary>
    bool HasSweep(string name);

    /// <summary>An id that no row of the table had before.</summary>
    long NextId(PortableTable table);

    /// <summary>Adds a row; those of one table come one after another.</summary>
    void Add(PortableTable table, object?[] values);
}
