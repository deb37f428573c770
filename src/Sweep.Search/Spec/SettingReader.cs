using System.Globalization;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads values against the catalogue's settings.</summary>
internal static class SettingReader
{
    /// <summary>A setting's value, or null with an error that says what is allowed.</summary>
    internal static ParameterValue? Read(SpecNode node, Setting setting, string path, SpecLog log)
    {
        var value = node switch
        {
            SpecScalar scalar => Scalar(scalar, setting.Kind),
            SpecList list when setting.TakesList => List(list, setting.Kind),
            _ => null,
        };
        if (value is null)
        {
            log.Error(node.Line, path, $"expected {Expected(setting)}, found {node.Describe()}{ChoiceHint(node, setting)}");
            return null;
        }

        if (Problem(value, setting) is { } problem)
        {
            log.Error(node.Line, path, problem);
            return null;
        }

        return value;
    }

    /// <summary>Why a value of the right type is not allowed; null when it is.</summary>
    internal static string? Problem(ParameterValue value, Setting setting)
    {
        switch (value.Kind)
        {
            case ValueKind.Text when setting.Kind is SettingKind.Choice or SettingKind.ChoiceList && !setting.Allows(value.AsText):
                return $"unknown value '{value.AsText}'; {Spelling.Hint(value.AsText, [.. setting.Choices])}";
            case ValueKind.Integer when !InRange(value.AsInteger, setting):
            case ValueKind.Real when !InRange(value.AsReal, setting):
                return $"{value.ToDisplay()} is outside the range {Range(setting)}";
            case ValueKind.List:
                foreach (var element in value.AsList)
                {
                    if (Problem(element, setting) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    internal static bool InRange(double value, Setting setting) =>
        (setting.MinimumExclusive ? value > setting.Minimum : value >= setting.Minimum)
        && (setting.MaximumExclusive ? value < setting.Maximum : value <= setting.Maximum);

    internal static string Range(Setting setting) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(setting.MinimumExclusive || double.IsInfinity(setting.Minimum) ? '(' : '[')}{Bound(setting.Minimum)}, {Bound(setting.Maximum)}{(setting.MaximumExclusive || double.IsInfinity(setting.Maximum) ? ')' : ']')}");

    /// <summary>A finite number of YAML 1.2's core schema.</summary>
    internal static double? Number(SpecNode node)
    {
        if (node is not SpecScalar { IsPlain: true } scalar)
        {
            return null;
        }

        if (Whole(scalar) is { } whole)
        {
            return whole;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(scalar.Text, Style, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            && scalar.Text.AsSpan().ContainsAnyInRange('0', '9')
            ? number
            : null;
    }

    /// <summary>The same number, exactly as it is written.</summary>
    internal static Rational? Exact(SpecNode node) => Number(node) switch
    {
        null => null,
        0 => 0,
        _ => Whole(node) is { } whole ? whole : Rational.Parse(((SpecScalar)node).Text),
    };

    /// <summary>A whole number of 64 bits: decimal, or 0x and 0o.</summary>
    internal static long? Whole(SpecNode node)
    {
        if (node is not SpecScalar { IsPlain: true } scalar)
        {
            return null;
        }

        var text = scalar.Text.AsSpan();
        if (text.StartsWith("0x") && long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex))
        {
            return hex >= 0 ? hex : null;
        }

        if (text.StartsWith("0o") && text.Length is > 2 and <= 22 && !text[2..].ContainsAnyExceptInRange('0', '7'))
        {
            return Convert.ToInt64(scalar.Text[2..], 8);
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
    }

    internal static string Expected(Setting setting)
    {
        var range = double.IsInfinity(setting.Minimum) && double.IsInfinity(setting.Maximum) ? "" : $" in {Range(setting)}";
        return setting.Kind switch
        {
            SettingKind.Number => $"a number{range}",
            SettingKind.Integer => $"a whole number{range}",
            SettingKind.Boolean => "true or false",
            SettingKind.Choice => $"one of {string.Join(", ", setting.Choices)}",
            SettingKind.NumberList => $"a list of numbers{range}",
            SettingKind.IntegerList => $"a list of whole numbers{range}",
            SettingKind.ChoiceList => $"a list of {string.Join(", ", setting.Choices)}",
            _ => "text",
        };
    }

    private static ParameterValue? Scalar(SpecScalar scalar, SettingKind kind)
    {
        if (scalar.IsNull)
        {
            return null;
        }

        switch (kind)
        {
            case SettingKind.Number:
                return Number(scalar) is { } number ? ParameterValue.Of(number) : null;
            case SettingKind.Integer:
                return Whole(scalar) is { } whole ? ParameterValue.Of(whole) : null;
            case SettingKind.Boolean:
                return scalar is { IsPlain: true, Text: "true" or "false" or "True" or "False" or "TRUE" or "FALSE" }
                    ? ParameterValue.Of(scalar.Text[0] is 't' or 'T')
                    : null;
            case SettingKind.Choice or SettingKind.Text:
                return ParameterValue.Of(scalar.Text);
            default:
                return null;
        }
    }

    private static ParameterValue? List(SpecList list, SettingKind kind)
    {
        var element = kind switch
        {
            SettingKind.NumberList => SettingKind.Number,
            SettingKind.IntegerList => SettingKind.Integer,
            _ => SettingKind.Choice,
        };
        var values = new ParameterValue[list.Items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (list.Items[i] is not SpecScalar scalar || Scalar(scalar, element) is not { } value)
            {
                return null;
            }

            values[i] = value;
        }

        return ParameterValue.Of(values);
    }

    private static string ChoiceHint(SpecNode node, Setting setting) =>
        node is SpecScalar scalar && setting.Kind == SettingKind.Boolean && Spelling.Nearest(scalar.Text, ["true", "false"]) is { } word
            ? $"; did you mean '{word}'?"
            : "";

    private static string Bound(double bound) => bound switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        _ => bound.ToString("R", CultureInfo.InvariantCulture),
    };
}
