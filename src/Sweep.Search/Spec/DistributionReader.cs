using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>Reads what a parameter may be: a constant, values, or a range.</summary>
/// <param name="settings">The settings it may set, at least one; they agree in kind, and each must allow every value.</param>
internal sealed class DistributionReader(string name, IReadOnlyList<Setting> settings, SpecLog log)
{
    private const int MaxValues = 100_000;

    /// <summary>The keys that say what a parameter may be.</summary>
    internal static readonly string[] Keys =
        ["values", "probabilities", "min", "max", "distribution", "step", "points", "type", "mean", "std", "median", "sigma", "when"];

    private static readonly string[] RangeKeys = ["min", "max", "distribution", "step", "points", "type", "mean", "std", "median", "sigma"];

    private Setting Setting => settings[0];

    internal Distribution? Constant(SpecNode node)
    {
        if (node is SpecList && !Setting.TakesList)
        {
            log.Error(node.Line, name, $"expected {SettingReader.Expected(Setting)}, found a list; to vary it write {{ values: [...] }}");
            return null;
        }

        return Value(node) is { } value ? new ValuesDistribution([value]) : null;
    }

    internal Distribution? Read(SpecMap map)
    {
        log.Keys(map, name, Keys);
        if (map.Find("values") is { } values)
        {
            foreach (var entry in map.Entries)
            {
                if (RangeKeys.Contains(entry.Key))
                {
                    log.Error(entry.Line, name, $"{entry.Key} does not go with values: give one or the other");
                }
            }

            return Values(values, map.Find("probabilities"));
        }

        if (map.Find("probabilities") is { } probabilities)
        {
            log.Error(probabilities.Line, name, "probabilities go with values only");
        }

        if (map.Find("min") is null && map.Find("max") is null && map.Find("mean") is null && map.Find("median") is null)
        {
            log.Missing(map, "values", name, "expected values, or min and max");
            return null;
        }

        if (Setting.Kind is not (SettingKind.Number or SettingKind.Integer))
        {
            log.Error(map.Line, name, $"a range is for numbers; this is {SettingReader.Expected(Setting)}: give values");
            return null;
        }

        return new RangeReader(name, settings, map, log).Read();
    }

    private ValuesDistribution? Values(SpecEntry entry, SpecEntry? probabilities)
    {
        if (entry.Value is not SpecList list)
        {
            log.Error(entry.Line, name, $"values: expected a list, found {entry.Value.Describe()}");
            return null;
        }

        if (list.Items.Count is 0 or > MaxValues)
        {
            log.Error(entry.Line, name, $"values: expected 1 to {MaxValues} of them, found {list.Items.Count}");
            return null;
        }

        var values = new List<ParameterValue>(list.Items.Count);
        var distinct = new HashSet<ParameterValue>();
        foreach (var item in list.Items)
        {
            if (Value(item) is not { } value)
            {
                continue;
            }

            if (!distinct.Add(value))
            {
                log.Error(item.Line, name, $"values: {value.ToDisplay()} is given twice");
                continue;
            }

            values.Add(value);
        }

        var weights = Probabilities(probabilities, list.Items.Count);
        return values.Count == list.Items.Count && (probabilities is null || weights is not null)
            ? new ValuesDistribution(values, weights)
            : null;
    }

    private double[]? Probabilities(SpecEntry? entry, int count)
    {
        if (entry is null)
        {
            return null;
        }

        if (entry.Value is not SpecList list || list.Items.Count != count)
        {
            var found = entry.Value is SpecList other ? $"{other.Items.Count}" : entry.Value.Describe();
            log.Error(entry.Line, name, $"probabilities: expected a list of {count}, one for each value, found {found}");
            return null;
        }

        var weights = new double[count];
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            if (SettingReader.Number(list.Items[i]) is not { } weight || weight <= 0 || weight > 1)
            {
                log.Error(list.Items[i].Line, name, $"probabilities: expected a number in (0, 1], found {list.Items[i].Describe()}");
                return null;
            }

            weights[i] = weight;
            sum += weight;
        }

        if (Math.Abs(sum - 1) > 1e-6)
        {
            log.Error(entry.Line, name, $"probabilities: their sum is {sum:0.######}, not 1");
            return null;
        }

        return weights;
    }

    private ParameterValue? Value(SpecNode node)
    {
        if (SettingReader.Read(node, Setting, name, log) is not { } value)
        {
            return null;
        }

        for (var i = 1; i < settings.Count; i++)
        {
            if (SettingReader.Problem(value, settings[i]) is { } problem)
            {
                log.Error(node.Line, name, problem);
                return null;
            }
        }

        return value;
    }
}
