using System.Globalization;
using Sweep.Search.Spaces;

namespace Sweep.Search.Settings;

/// <summary>The settings of one trial's optimizer, schedule, model or task, by name; what is left out has its default.</summary>
/// <remarks>Values are string, bool, long, double, or a list of long or double. They were validated against their definitions before.</remarks>
public sealed class SettingValues(IReadOnlyDictionary<string, object?> values, IReadOnlyList<Setting> definitions)
{
    private object? this[string name] =>
        values.TryGetValue(name, out var value)
            ? value
            : definitions.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.Ordinal)) is { } definition
                ? definition.Default
                : throw new ArgumentException($"no setting {name} is defined here", nameof(name));

    /// <summary>Whether the setting was given rather than left at its default.</summary>
    public bool IsGiven(string name) => values.ContainsKey(name);

    public double Number(string name) => Convert.ToDouble(Require(name), CultureInfo.InvariantCulture);

    public double? NumberOrNull(string name) => this[name] is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    /// <summary>A number, exactly as it is written.</summary>
    public Rational Exact(string name) => ToExact(Require(name));

    public Rational? ExactOrNull(string name) => this[name] is { } value ? ToExact(value) : null;

    public long Integer(string name) => Convert.ToInt64(Require(name), CultureInfo.InvariantCulture);

    public long? IntegerOrNull(string name) => this[name] is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public bool Boolean(string name) => (bool)Require(name);

    /// <summary>A text or choice. YAML reads a bare true or false as a boolean: it stands for the choice of that name.</summary>
    public string Text(string name) => Require(name) is bool flag ? (flag ? "true" : "false") : (string)Require(name);

    public IReadOnlyList<string> Texts(string name) =>
        [.. ((System.Collections.IEnumerable)Require(name)).Cast<string>()];

    public IReadOnlyList<double> Numbers(string name) =>
        [.. ((System.Collections.IEnumerable)Require(name)).Cast<object>().Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture))];

    public IReadOnlyList<Rational> Exacts(string name) =>
        [.. ((System.Collections.IEnumerable)Require(name)).Cast<object>().Select(ToExact)];

    public IReadOnlyList<long> Integers(string name) =>
        [.. ((System.Collections.IEnumerable)Require(name)).Cast<object>().Select(v => Convert.ToInt64(v, CultureInfo.InvariantCulture))];

    /// <summary>The settings whose names begin with a prefix, without it: <c>cosine.min_factor</c> under <c>cosine.</c> is <c>min_factor</c>.</summary>
    public SettingValues Under(string prefix, IReadOnlyList<Setting> definitions) =>
        new(
            values.Where(v => v.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(v => v.Key[prefix.Length..], v => v.Value, StringComparer.Ordinal),
            definitions);

    private static Rational ToExact(object value) => value is long or int ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : Rational.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture));

    private object Require(string name) => this[name] ?? throw new ArgumentException($"{name} has no default and was not given", nameof(name));
}
