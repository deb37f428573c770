using System.Runtime.InteropServices;
using Sweep.Search.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>The momenta between which <c>cyclical</c> and <c>one_cycle</c> move, against the rate.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MomentumRange(double Base, double Max)
{
    public static Setting[] Settings(double @base, double max) =>
    [
        Setting.Flag("cycle_momentum", true, "Whether the optimizer's momentum (or β1) moves against the rate"),
        Setting.Momentum("base_momentum", @base, "The momentum where the rate is highest"),
        Setting.Momentum("max_momentum", max, "The momentum where the rate is lowest"),
    ];

    /// <summary>Reads the settings: null when momentum is left alone.</summary>
    /// <exception cref="TrainingException">The base is above the maximum.</exception>
    public static MomentumRange? Create(SettingValues values)
    {
        if (!values.Boolean("cycle_momentum"))
        {
            return null;
        }

        var range = new MomentumRange(values.Number("base_momentum"), values.Number("max_momentum"));
        return range.Base <= range.Max
            ? range
            : throw new TrainingException($"base_momentum: {range.Base} is above max_momentum, {range.Max}");
    }
}
