using System.Globalization;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads a range of numbers: bounds, distribution, step or points.</summary>
internal sealed class RangeReader(string name, IReadOnlyList<Setting> settings, SpecMap map, SpecLog log)
{
    private const long MaxLattice = 1L << 52;
    private const int MaxPoints = 100_000;

    private readonly int _errorsBefore = log.ErrorCount;
    private bool _whole;

    private bool Ok => log.ErrorCount == _errorsBefore;

    internal Distribution? Read()
    {
        var kind = Words.Read(map, name, "distribution", ["uniform", "log_uniform", "normal", "log_normal"], Implied(), log);
        var type = Words.Read(map, name, "type", ["int", "float"], settings[0].Kind == SettingKind.Integer ? "int" : "float", log);
        if (kind is null || type is null)
        {
            return null;
        }

        if (type == "float" && settings[0].Kind == SettingKind.Integer)
        {
            log.Error(map.Find("type")!.Line, name, "type: this is a whole number, float does not fit");
        }

        _whole = type == "int";
        var unbounded = kind is "normal" or "log_normal";
        var min = Bound("min", required: !unbounded);
        var max = Bound("max", required: !unbounded);
        if (min >= max)
        {
            log.Error(map.Find("min")!.Line, name, $"min {Text(min)} is not below max {Text(max)}");
        }

        if (kind is "log_uniform" or "log_normal" && min <= 0)
        {
            log.Error(map.Find("min")!.Line, name, $"{kind} needs min above 0, found {Text(min)}");
        }

        var scale = Scale(kind);
        var low = min ?? (kind == "log_normal" ? 0 : double.NegativeInfinity);
        var high = max ?? double.PositiveInfinity;
        if (unbounded)
        {
            CheckOpenBounds(min, max, low, kind);
        }

        return scale is not null && Ok ? Build(scale, low, high) : null;
    }

    private string Implied() => map.Find("mean") is not null ? "normal" : map.Find("median") is not null ? "log_normal" : "uniform";

    private Distribution? Build(Scale scale, double low, double high)
    {
        var step = Positive("step");
        var points = map.Find("points") is { } entry ? SpecReader.WholeNumber(entry, name + ".points", 2, MaxPoints, log) : null;
        if (!Ok)
        {
            return null;
        }

        if (step is not null && points is not null)
        {
            log.Error(map.Find("points")!.Line, name, "points does not go with step: give one or the other");
            return null;
        }

        if (points is { } count)
        {
            return Points(scale, low, high, count);
        }

        if (step is null && !_whole)
        {
            return new ContinuousDistribution(scale, low, high);
        }

        return Lattice(scale, low, high);
    }

    private LatticeDistribution? Lattice(Scale scale, double low, double high)
    {
        var what = _whole ? "whole numbers need" : "step needs";
        if (double.IsInfinity(low) || double.IsInfinity(high) || (scale is LogNormalScale && low <= 0))
        {
            log.Error(map.Line, name, $"{what} both min and max");
            return null;
        }

        var (from, to, step) = (Exact("min"), Exact("max"), map.Find("step") is null ? 1 : Exact("step"));
        if (_whole && !step.Denominator.IsOne)
        {
            log.Error(map.Find("step")!.Line, name, $"step: expected a whole number, found {step}");
            return null;
        }

        var count = ((to - from) / step).Floor() + 1;
        if (count < 2 || count > MaxLattice)
        {
            log.Error(map.Line, name, $"step {step} makes {Text((double)count)} values between {Text(low)} and {Text(high)}; expected 2 to 2^52");
            return null;
        }

        var largest = Math.Max(Math.Abs(low), Math.Abs(high));
        if (!_whole && step <= Rational.Of(Math.BitIncrement(largest) - largest))
        {
            log.Error(map.Find("step")!.Line, name, $"step {step} is too small: numbers near {Text(largest)} are further apart");
            return null;
        }

        return LatticeDistribution.Of(scale, from, step, (long)count, _whole);
    }

    private ValuesDistribution? Points(Scale scale, double low, double high, int count)
    {
        // Shapes that may have no ends give the middles of equally likely parts.
        IEnumerable<double> points = scale switch
        {
            UniformScale => EvenPoints.Uniform(Exact("min"), Exact("max"), count),
            LogUniformScale => EvenPoints.LogUniform(Exact("min"), Exact("max"), count),
            _ => Enumerable.Range(0, count).Select(i => scale.Quantile((i + 0.5) / count, low, high)),
        };
        var values = new List<ParameterValue>(count);
        foreach (var x in points)
        {
            var value = _whole ? ParameterValue.Of((long)Math.Round(x)) : ParameterValue.Of(x);
            if (values.Count > 0 && values[^1].Equals(value))
            {
                log.Error(map.Find("points")!.Line, name, $"points: there are fewer than {count} different values between {Text(low)} and {Text(high)}");
                return null;
            }

            values.Add(value);
        }

        return new ValuesDistribution(values);
    }

    private Scale? Scale(string kind)
    {
        var (centre, spread) = kind switch { "normal" => ("mean", "std"), "log_normal" => ("median", "sigma"), _ => ("", "") };
        foreach (var key in (ReadOnlySpan<string>)["mean", "std", "median", "sigma"])
        {
            if (map.Find(key) is { } entry && key != centre && key != spread)
            {
                log.Error(entry.Line, name, $"{key} does not go with {kind}{(centre.Length > 0 ? $", which has {centre} and {spread}" : "")}");
            }
        }

        if (centre.Length == 0)
        {
            return kind == "uniform" ? new UniformScale() : new LogUniformScale();
        }

        foreach (var key in (ReadOnlySpan<string>)[centre, spread])
        {
            if (map.Find(key) is null)
            {
                log.Error(map.Line, name, $"{kind} needs {centre} and {spread}");
                return null;
            }
        }

        var middle = kind == "normal" ? Number("mean") : Positive("median");
        return (middle, Positive(spread)) switch
        {
            ({ } m, { } s) when kind == "normal" => new NormalScale(m, s),
            ({ } m, { } s) => new LogNormalScale(m, s),
            _ => null,
        };
    }

    private void CheckOpenBounds(double? min, double? max, double low, string kind)
    {
        foreach (var setting in settings)
        {
            if (min is null && Ok && low < setting.Minimum)
            {
                log.Error(map.Line, name, $"{kind} without min gives values outside the range {SettingReader.Range(setting)}: give min");
            }

            if (max is null && Ok && !double.IsPositiveInfinity(setting.Maximum))
            {
                log.Error(map.Line, name, $"{kind} without max gives values outside the range {SettingReader.Range(setting)}: give max");
            }
        }
    }

    private double? Bound(string key, bool required)
    {
        if (map.Find(key) is not { } entry)
        {
            if (required)
            {
                log.Missing(map, key, name, $"{key} is missing: a range has min and max");
            }

            return null;
        }

        if (Number(key) is not { } bound)
        {
            return null;
        }

        if (_whole && SettingReader.Whole(entry.Value) is null or > 1L << 53 or < -(1L << 53))
        {
            log.Error(entry.Line, name, $"{key}: expected a whole number within ±2^53, found {entry.Value.Describe()}");
            return null;
        }

        foreach (var setting in settings)
        {
            if (!SettingReader.InRange(bound, setting))
            {
                log.Error(entry.Line, name, $"{key} {Text(bound)} is outside the range {SettingReader.Range(setting)}");
                return null;
            }
        }

        return bound;
    }

    private double? Positive(string key)
    {
        if (Number(key) is not { } number)
        {
            return null;
        }

        if (number > 0)
        {
            return number;
        }

        log.Error(map.Find(key)!.Line, name, $"{key}: expected a number above 0, found {Text(number)}");
        return null;
    }

    private double? Number(string key)
    {
        if (map.Find(key) is not { } entry)
        {
            return null;
        }

        if (SettingReader.Number(entry.Value) is not { } number)
        {
            log.Error(entry.Line, name, $"{key}: expected a finite number, found {entry.Value.Describe()}");
            return null;
        }

        return number;
    }

    /// <summary>A number that has been read, exactly as it is written.</summary>
    private Rational Exact(string key) => SettingReader.Exact(map.Find(key)!.Value)!.Value;

    private static string Text(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "nothing";
}
