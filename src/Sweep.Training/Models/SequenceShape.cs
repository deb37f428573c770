using Sweep.Search.Settings;

namespace Sweep.Training.Models;

/// <summary>How a row is taken as a sequence: its places, and the features of each.</summary>
internal sealed record SequenceShape(long Length, long Width)
{
    public static Setting Setting { get; } =
        new("length", SettingKind.Integer, "Places of a sequence; 0: the lines of a square image, or a place for each feature.") { Default = 0L, Minimum = 0 };

    /// <summary>The shape that the settings give to rows of so many features.</summary>
    /// <exception cref="TrainingException">The features cannot be shared out evenly.</exception>
    public static SequenceShape Of(long features, SettingValues settings)
    {
        var length = settings.Integer(Setting.Name);
        if (length == 0)
        {
            var side = (long)Math.Round(Math.Sqrt(features));
            length = side * side == features ? side : features;
        }
        return features % length == 0
            ? new SequenceShape(length, features / length)
            : throw new TrainingException($"task.length: {features} features cannot be cut into {length} places");
    }
}
