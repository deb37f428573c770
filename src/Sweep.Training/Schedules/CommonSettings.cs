using Sweep.Search.Settings;

namespace Sweep.Training.Schedules;

/// <summary>The settings that every schedule set in advance takes.</summary>
internal static class CommonSettings
{
    public const string Unit = "unit";
    public const string Update = "update";
    public const string WarmupEpochs = "warmup_epochs";
    public const string WarmupStartFactor = "warmup_start_factor";

    /// <summary>Warm-up alone: what a schedule that watches the training takes of them.</summary>
    /// <remarks>The start factor's default is PyTorch's (LinearLR); a popular other one is 0.</remarks>
    public static IReadOnlyList<Setting> Warmup { get; } =
    [
        new(WarmupEpochs, SettingKind.Number, "Length W of a linear warm-up before the schedule, in epochs whatever the unit; 0 for none; less than T") { Default = 0.0, Minimum = 0 },
        Setting.Factor(WarmupStartFactor, 1.0 / 3.0, "Multiple of lr at which the warm-up begins"),
    ];

    public static IReadOnlyList<Setting> All { get; } =
    [
        Setting.Choice(Unit, ["epochs", "steps"], "What t and all lengths count: epochs (fractional within an epoch) or optimizer updates"),
        Setting.Choice(Update, ["step", "epoch"], "Whether the rate changes at each step or only when an epoch begins; a warm-up always goes by step"),
        .. Warmup,
    ];
}
