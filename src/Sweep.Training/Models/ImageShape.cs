using Sweep.Search.Settings;

namespace Sweep.Training.Models;

/// <summary>The size of the images that a data set's rows are.</summary>
internal sealed record ImageShape(long Channels, long Height, long Width)
{
    private const int Colours = 3;

    public static Setting Setting { get; } = new(
        "image", SettingKind.IntegerList, "Channels, height and width of a row; by default a square, grey or in three colours.") { Default = new List<long>(), Minimum = 1 };

    /// <summary>The shape given, or the square that fits.</summary>
    /// <exception cref="TrainingException">The rows are no such image.</exception>
    public static ImageShape Of(long features, SettingValues settings)
    {
        if (settings.Integers(Setting.Name) is { Count: > 0 } given)
        {
            return given.Count == 3 && given[0] * given[1] * given[2] == features
                ? new ImageShape(given[0], given[1], given[2])
                : throw new TrainingException($"task.image: [{string.Join(", ", given)}] is not channels, height and width of rows with {features} features");
        }
        foreach (var channels in (long[])[1, Colours])
        {
            var side = (long)Math.Round(Math.Sqrt(features / (double)channels));
            if (side * side * channels == features)
            {
                return new ImageShape(channels, side, side);
            }
        }
        throw new TrainingException($"task.image: rows with {features} features are no square image; give channels, height and width");
    }
}
