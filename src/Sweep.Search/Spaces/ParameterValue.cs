using System.Globalization;

namespace Sweep.Search.Spaces;

/// <summary>A value that a parameter or setting may have. Immutable; equal when type and content are.</summary>
public sealed class ParameterValue : IEquatable<ParameterValue>
{
    private readonly object _content;

    private ParameterValue(ValueKind kind, object content)
    {
        Kind = kind;
        _content = content;
    }

    public ValueKind Kind { get; }

    public string AsText => (string)_content;

    public long AsInteger => (long)_content;

    public double AsReal => (double)_content;

    public bool AsBoolean => (bool)_content;

    /// <summary>The exact value of a number; null for everything else.</summary>
    internal Rational? Exact => Kind switch
    {
        ValueKind.Integer => AsInteger,
        ValueKind.Real => Rational.Of(AsReal),
        _ => null,
    };

    public IReadOnlyList<ParameterValue> AsList => (ParameterValue[])_content;

    public static ParameterValue Of(string value) => new(ValueKind.Text, value);

    public static ParameterValue Of(long value) => new(ValueKind.Integer, value);

    /// <summary>A finite number.</summary>
    public static ParameterValue Of(double value) => double.IsFinite(value)
        ? new(ValueKind.Real, value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "a parameter's value is finite");

    public static ParameterValue Of(bool value) => new(ValueKind.Boolean, value);

    public static ParameterValue Of(IEnumerable<ParameterValue> values) => new(ValueKind.List, values.ToArray());

    /// <summary>
    /// The value as plain .NET: string, long, double, bool, or a list: of long when all elements are whole numbers (or there are none),
    /// of double when all are numbers, of string when all are text, otherwise of object.
    /// </summary>
    public object ToObject()
    {
        if (Kind != ValueKind.List)
        {
            return _content;
        }

        var values = (ParameterValue[])_content;
        if (Array.TrueForAll(values, v => v.Kind == ValueKind.Integer))
        {
            return Array.ConvertAll(values, v => v.AsInteger);
        }

        if (Array.TrueForAll(values, v => v.Kind is ValueKind.Integer or ValueKind.Real))
        {
            return Array.ConvertAll(values, v => v.Kind == ValueKind.Integer ? v.AsInteger : v.AsReal);
        }

        return Array.TrueForAll(values, v => v.Kind == ValueKind.Text)
            ? Array.ConvertAll(values, v => v.AsText)
            : Array.ConvertAll(values, v => v.ToObject());
    }

    /// <summary>Canonical JSON: equal values give equal text, and the text gives back the value and its type (a real has a point or an exponent).</summary>
    public override string ToString()
    {
        var text = new System.Text.StringBuilder();
        CanonicalJson.Append(text, this);
        return text.ToString();
    }

    /// <summary>The value for people: as in a sweep file, text without quotes.</summary>
    public string ToDisplay() => Kind switch
    {
        ValueKind.Text => AsText,
        ValueKind.Real => AsReal.ToString("R", CultureInfo.InvariantCulture),
        _ => ToString(),
    };

    public bool Equals(ParameterValue? other)
    {
        if (other is null || other.Kind != Kind)
        {
            return false;
        }

        return Kind == ValueKind.List
            ? ((ParameterValue[])_content).AsSpan().SequenceEqual((ParameterValue[])other._content)
            : _content.Equals(other._content);
    }

    public override bool Equals(object? obj) => Equals(obj as ParameterValue);

    public override int GetHashCode()
    {
        if (Kind != ValueKind.List)
        {
            return HashCode.Combine(Kind, _content);
        }

        var hash = new HashCode();
        foreach (var value in (ParameterValue[])_content)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
