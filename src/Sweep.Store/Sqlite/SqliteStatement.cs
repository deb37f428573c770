using SQLitePCL;
using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>A prepared statement. Disposing it resets it for its next use; its connection releases it.</summary>
/// <remarks>Parameters count from 1, columns from 0.</remarks>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IRow, IDisposable
{
    public SqliteStatement Bind(int parameter, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, long? value) => value is { } number ? Bind(parameter, number) : BindNull(parameter);

    /// <summary>Binds a number; one that is not finite is no value.</summary>
    public SqliteStatement Bind(int parameter, double value)
    {
        if (!double.IsFinite(value))
        {
            return BindNull(parameter);
        }

        connection.Check(raw.sqlite3_bind_double(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, double? value) => value is { } number ? Bind(parameter, number) : BindNull(parameter);

    public SqliteStatement Bind(int parameter, string? value)
    {
        if (value is null)
        {
            return BindNull(parameter);
        }

        connection.Check(raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        connection.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs to the end and returns how many rows it changed.</summary>
    public int Run()
    {
        while (Step())
        {
        }

        return connection.Changes;
    }

    /// <summary>Reads all rows, and makes the statement ready again.</summary>
    public List<T> ReadAll<T>(Func<SqliteStatement, T> read)
    {
        using (this)
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(this));
            }

            return rows;
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public bool Bool(int column) => Int(column) != 0;

    public int Int(int column) => raw.sqlite3_column_int(handle, column);

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public Guid Guid(int column) => System.Guid.ParseExact(Text(column), "N");

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose()
    {
        // The code of a reset repeats that of the last step, which was checked.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    public void Release() => handle.Dispose();

    private SqliteStatement BindNull(int parameter)
    {
        connection.Check(raw.sqlite3_bind_null(handle, parameter));
        return this;
    }
}
