using System.Globalization;
using Sweep.Search;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary>The changes of <c>sweep set</c>, given as <c>key=value</c>.</summary>
/// <param name="Placement">The new placement.</param>
/// <param name="Trials">The new total number of trials; null for no change.</param>
internal sealed record PlacementChange(SweepPlacement Placement, int? Trials)
{
    /// <summary>The highest priority; its negative is the lowest.</summary>
    public const int MaxPriority = 1000;

    /// <summary>The highest limit of slots.</summary>
    public const int MaxSlots = int.MaxValue;

    private static readonly string[] Keys = ["trials", "slots", "priority", "requires", "poison_after"];

    /// <summary>Parses the settings.</summary>
    /// <exception cref="SweepException">A setting is not <c>key=value</c>, has an unknown key, or has an invalid value.</exception>
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
        "slots" => this with { Placement = Placement with { Slots = value == "none" ? null : Number(key, value, 1, MaxSlots, " or none") } },
        "priority" => this with { Placement = Placement with { Priority = Number(key, value, -MaxPriority, MaxPriority) } },
        "requires" => this with { Placement = Placement with { Requires = value == "none" ? "" : LabelList.Read(key, value) } },
        "poison_after" => this with { Placement = Placement with { PoisonAfter = Number(key, value, 0, MaxSlots) } },
        _ => throw new SweepException($"'{key}' cannot be set; {Spelling.Hint(key, Keys)}"),
    };

    private static int Number(string key, string value, int min, int max, string or = "") =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new SweepException($"{key}: '{value}' is not a whole number from {min} to {max}{or}");
}
