namespace Sweep.Store.Portable;

/// <summary>Reads rows, one query after another.</summary>
internal interface IRowReader
{
    /// <summary>The ids and names of the sweeps, oldest first.</summary>
    IReadOnlyList<(long Id, string Name)> Sweeps();

    /// <summary>The rows of a sweep, values in the order of the columns.</summary>
    IEnumerable<object?[]> Rows(PortableTable table, long sweepId);

    /// <summary>A query of one column of text.</summary>
    IReadOnlyList<string> Texts(string sql);

    /// <summary>What the database itself finds wrong.</summary>
    IReadOnlyList<string> Damage();
}
