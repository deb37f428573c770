using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Sweep.Search;

namespace Sweep.Store.Portable;

/// <summary>
/// Sweeps in one file, the same from every store: lines of JSON compressed by gzip. The first says what it is, a line with a table's name and columns
/// goes before its rows, which are lists of values (bytes in base64), and the last says how many rows there are.
/// </summary>
internal static class PortableFile
{
    private const string Format = "sweep-export";
    private const int Version = 1;

    /// <summary>Writes sweeps; returns how many rows.</summary>
    public static long Write(Stream stream, IRowReader rows, int schema, IReadOnlyList<(long Id, string Name)> sweeps)
    {
        using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
        var count = 0L;
        Line(zip, json =>
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteNumber("schema", schema);
            json.WriteStartArray("sweeps");
            foreach (var (_, name) in sweeps)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
        foreach (var (id, _) in sweeps)
        {
            foreach (var table in PortableTable.All)
            {
                Line(zip, json => WriteHead(json, table));
                foreach (var row in rows.Rows(table, id))
                {
                    Line(zip, json => WriteRow(json, row));
                    count++;
                }
            }
        }

        Line(zip, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("rows", count);
            json.WriteEndObject();
        });
        return count;
    }

    /// <summary>Adds the sweeps of a file to a store, with new ids.</summary>
    /// <returns>Their names.</returns>
    /// <exception cref="SweepException">It is not such a file, a newer one or cut off; or a name is taken. What was written is to be taken back.</exception>
    public static IReadOnlyList<string> Read(Stream stream, string path, IRowWriter rows, int schema)
    {
        try
        {
            using var zip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            using var lines = new StreamReader(zip, Encoding.UTF8);
            var names = ReadHeader(lines.ReadLine(), path, schema);
            if (names.FirstOrDefault(rows.HasSweep) is { } taken)
            {
                throw new SweepException($"{path}: the store has a sweep {taken} already; nothing was imported");
            }

            ReadTables(lines, path, rows);
            return names;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or EndOfStreamException)
        {
            throw new SweepException($"{path}: is no export of sweeps, or damaged: {e.Message}", e);
        }
    }

    private static void ReadTables(StreamReader lines, string path, IRowWriter rows)
    {
        var ids = new Dictionary<(string Table, long Id), long>();
        PortableTable? table = null;
        for (var count = 0L; ;)
        {
            var line = lines.ReadLine() ?? throw new SweepException($"{path}: is cut off after {count} rows; nothing was imported");
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Array)
            {
                rows.Add(table ?? throw new InvalidDataException("a row before its table"), ReadRow(root, table, ids, rows));
                count++;
            }
            else if (root.TryGetProperty("rows", out var total))
            {
                if (total.GetInt64() != count)
                {
                    throw new InvalidDataException($"{count} rows where there should be {total.GetInt64()}");
                }

                return;
            }
            else
            {
                table = ReadHead(root);
                if (table.Name == "sweeps")
                {
                    ids.Clear();
                }
            }
        }
    }

    private static List<string> ReadHeader(string? line, string path, int schema)
    {
        using var json = JsonDocument.Parse(line ?? "");
        var root = json.RootElement;
        if (root.GetProperty("format").GetString() != Format)
        {
            throw new InvalidDataException("another format");
        }

        return root.GetProperty("version").GetInt32() > Version || root.GetProperty("schema").GetInt32() > schema
            ? throw new SweepException($"{path}: written by a newer version of sweep (schema {root.GetProperty("schema").GetInt32()}, this one knows up to {schema})")
            : [.. root.GetProperty("sweeps").EnumerateArray().Select(name => name.GetString()!)];
    }

    private static PortableTable ReadHead(JsonElement head)
    {
        var name = head.GetProperty("table").GetString();
        var table = PortableTable.All.FirstOrDefault(table => table.Name == name) ?? throw new InvalidDataException($"a table {name}");
        return head.GetProperty("columns").EnumerateArray().Select(column => column.GetString()).SequenceEqual(table.Columns.Select(column => column.Name))
            ? table
            : throw new InvalidDataException($"other columns of {name}");
    }

    private static object?[] ReadRow(JsonElement row, PortableTable table, Dictionary<(string Table, long Id), long> ids, IRowWriter rows)
    {
        if (row.GetArrayLength() != table.Columns.Count)
        {
            throw new InvalidDataException($"a row of {table.Name} with {row.GetArrayLength()} values");
        }

        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ReadValue(row[i], table.Columns[i].Kind);
            if (table.Columns[i].References is { } parent && values[i] is long old)
            {
                values[i] = ids[(parent, old)];
            }
        }

        if (table.HasId)
        {
            var id = rows.NextId(table);
            ids[(table.Name, (long)values[0]!)] = id;
            values[0] = id;
        }

        return values;
    }

    private static object? ReadValue(JsonElement value, PortableKind kind) => value.ValueKind == JsonValueKind.Null ? null : kind switch
    {
        PortableKind.Whole => value.GetInt64(),
        PortableKind.Text => value.GetString(),
        PortableKind.Blob => value.GetBytesFromBase64(),
        _ => value.GetDouble(),
    };

    private static void WriteHead(Utf8JsonWriter json, PortableTable table)
    {
        json.WriteStartObject();
        json.WriteString("table", table.Name);
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStringValue(column.Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, object?[] row)
    {
        json.WriteStartArray();
        foreach (var value in row)
        {
            switch (value)
            {
                case long number:
                    json.WriteNumberValue(number);
                    break;
                case double number when double.IsFinite(number):
                    // The shortest text that reads back to the same bits; of a negative zero too.
                    json.WriteRawValue(number.ToString("R", CultureInfo.InvariantCulture));
                    break;
                case string text:
                    json.WriteStringValue(text);
                    break;
                case byte[] bytes:
                    json.WriteBase64StringValue(bytes);
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }

        json.WriteEndArray();
    }

    private static void Line(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        stream.WriteByte((byte)'\n');
    }
}
