using System.Globalization;
using Sweep.Search;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary>What <c>sweep set</c> is asked for, one <c>key=value</c> after another.</summary>
/// <param name="Placement">Where and when its trials run from now on.</param>
/// <param name="Trials">How many trials it is to have in all; null to leave that.</param>
internal sealed record PlacementChange(SweepPlacement Placement, int? Trials)
{
    /// <summary>The highest priority, and the lowest with a minus.</summary>
    public const int MostPriority = 1000;

    /// <summary>The highest limit of slots.</summary>
    public const int MostSlots = int.MaxValue;

    private static readonly string[] Keys = ["trials", "slots", "priority", "requires", "poison_after"];

    /// <summary>Reads what is asked for.</summary>
    /// <exception cref="SweepException">One of them is not <c>key=value</c>, names no setting, or has a value that it cannot have.</exception>
    public static PlacementChange Read(SweepPlacement now, IReadOnlyList<string> settings)
    {
        var change = new PlacementChange(now, null);
        foreach (var setting in settings)
        {
            var split = setting.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = split < 0 ? (setting, null) : (setting[..split], setting[(split + 1)..]);
            change = value is null
                ? throw new SweepException($"'{setting}' is not key=value, where the key is {string.Join(", ", Keys)}")
                : change.With(key, value);
        }

        return change;
    }

    private PlacementChange With(string key, string value) => key switch
    {
        "trials" => this with { Trials = Number(key, value, 1, int.MaxValue) },
        "slots" => this with { Placement = Placement with { Slots = value == "none" ? null : Number(key, value, 1, MostSlots, " or none") } },
        "priority" => this with { Placement = Placement with { Priority = Number(key, value, -MostPriority, MostPriority) } },
        "requires" => this with { Placement = Placement with { Requires = value == "none" ? "" : LabelWords.Read(key, value) } },
        "poison_after" => this with { Placement = Placement with { PoisonAfter = Number(key, value, 0, MostSlots) } },
        _ => throw new SweepException($"'{key}' cannot be set; {Spelling.Hint(key, Keys)}"),
    };

    private static int Number(string key, string value, int least, int most, string or = "") =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new SweepException($"{key}: '{value}' is not a whole number from {least} to {most}{or}");
}
