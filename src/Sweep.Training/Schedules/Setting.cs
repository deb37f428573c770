using Sweep.Training.Settings;

namespace Sweep.Training.Schedules;

/// <summary>Short forms for the settings that schedules have.</summary>
internal static class Setting
{
    /// <summary>A multiple of η0, in [0, 1]: no rate is above <c>lr</c>.</summary>
    public static SettingDefinition Factor(string name, double @default, string description) =>
        Range(name, @default, 0, 1, description);

    /// <summary>A decay factor in (0, 1].</summary>
    public static SettingDefinition Gamma(string name, double @default, string description) =>
        Range(name, @default, 0, 1, description) with { MinimumExclusive = true };

    /// <summary>A momentum in [0, 1).</summary>
    public static SettingDefinition Momentum(string name, double @default, string description) =>
        Range(name, @default, 0, 1, description) with { MaximumExclusive = true };

    /// <summary>A positive length in <c>unit</c>; without a default it is derived from T.</summary>
    public static SettingDefinition Length(string name, double? @default, string description) =>
        new(name, SettingKind.Number, description) { Default = @default, Minimum = 0, MinimumExclusive = true };

    public static SettingDefinition Range(string name, double @default, double minimum, double maximum, string description) =>
        new(name, SettingKind.Number, description) { Default = @default, Minimum = minimum, Maximum = maximum };

    public static SettingDefinition Flag(string name, bool @default, string description) =>
        new(name, SettingKind.Boolean, description) { Default = @default };

    public static SettingDefinition Choice(string name, string[] choices, string description) =>
        new(name, SettingKind.Choice, description) { Default = choices[0], Choices = choices };
}
