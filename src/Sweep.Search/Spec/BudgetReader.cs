using System.Globalization;

namespace Sweep.Search.Spec;

/// <summary>Reads the limits of a sweep.</summary>
internal static class BudgetReader
{
    /// <summary>The limits, and <c>budget.trials</c>.</summary>
    internal static (BudgetSpec Budget, int? Trials) Read(SpecMap root, SearchOrder order, SpecLog log)
    {
        if (root.Find("budget") is not { } entry || log.Map(entry.Value, "budget") is not { } section)
        {
            return (BudgetSpec.None, null);
        }

        log.Keys(section, "budget", "trials", "epochs", "wall_clock", "failures", "target");
        var read = new SectionReader(section, "budget", log);
        var clock = section.Find("wall_clock") is { } given ? Duration(given, log) : null;
        if (clock is not null && order != SearchOrder.AsFinished)
        {
            log.Error(read.LineOf("wall_clock"), "budget.wall_clock", "needs order: as_finished, since what is done in a given time is not the same twice");
        }

        var budget = new BudgetSpec
        {
            Epochs = read.Whole("epochs", 1, int.MaxValue),
            WallClock = clock,
            Failures = read.Whole("failures", 1, int.MaxValue),
            Target = read.Number("target"),
        };
        return (budget, read.Whole("trials", 1, int.MaxValue));
    }

    /// <summary>A number with a unit: <c>90s</c>, <c>1.5h</c>.</summary>
    private static TimeSpan? Duration(SpecEntry entry, SpecLog log)
    {
        if (entry.Value is SpecScalar { Text: { Length: > 1 } text }
            && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && "smhd".IndexOf(text[^1], StringComparison.Ordinal) is >= 0 and var unit)
        {
            double[] seconds = [1, 60, 3600, 86400];
            if (number * seconds[unit] < TimeSpan.MaxValue.TotalSeconds / 2)
            {
                return TimeSpan.FromSeconds(number * seconds[unit]);
            }
        }

        log.Error(entry.Line, "budget.wall_clock", $"expected a time such as 90s, 30m, 1.5h or 2d, found {entry.Value.Describe()}");
        return null;
    }
}
