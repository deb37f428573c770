using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Sweep.Search.Spaces;

/// <summary>A point of a space: its active parameters with their values, in the sweep file's order. Immutable; equal when names, values and order are.</summary>
public sealed class Configuration : IEquatable<Configuration>
{
    private readonly KeyValuePair<string, ParameterValue>[] _entries;

    /// <summary>A configuration with these active parameters.</summary>
    /// <param name="entries">Names are distinct.</param>
    public Configuration(IEnumerable<KeyValuePair<string, ParameterValue>> entries) => _entries = [.. entries];

    /// <summary>The active parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, ParameterValue>> Entries => _entries;

    /// <summary>Whether the parameter is active here, and its value.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out ParameterValue? value)
    {
        foreach (var entry in _entries)
        {
            if (entry.Key == name)
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>Canonical JSON: <see cref="Parse"/> gives back an equal configuration, and equal configurations have equal text.</summary>
    public string ToJson() => Write(_entries);

    /// <summary>The first 64 bits of the SHA-256 of the canonical JSON: the same on every platform, in every process.</summary>
    internal static ulong HashOf(IReadOnlyList<KeyValuePair<string, ParameterValue>> entries) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Write(entries))));

    private static string Write(IReadOnlyList<KeyValuePair<string, ParameterValue>> entries)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in entries)
        {
            if (text.Length > 1)
            {
                text.Append(',');
            }

            CanonicalJson.AppendQuoted(text, name);
            text.Append(':');
            CanonicalJson.Append(text, value);
        }

        return text.Append('}').ToString();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Configuration Parse(string json)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new FormatException("a configuration is a JSON object");
            }

            var entries = new List<KeyValuePair<string, ParameterValue>>();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                entries.Add(new(name, CanonicalJson.Read(ref reader)));
            }

            reader.Read();
            return new Configuration(entries);
        }
        catch (JsonException e)
        {
            throw new FormatException($"a configuration is a JSON object: {e.Message}", e);
        }
    }

    /// <inheritdoc cref="ToJson"/>
    public override string ToString() => ToJson();

    public bool Equals(Configuration? other)
    {
        if (other is null || other._entries.Length != _entries.Length)
        {
            return false;
        }

        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key != other._entries[i].Key || !_entries[i].Value.Equals(other._entries[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as Configuration);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in _entries)
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
