namespace Sweep.Training.Data;

/// <summary>Where the files of a data set of IDX images lie.</summary>
/// <param name="Name">The name in a sweep file.</param>
/// <param name="ClassCount">How many classes the set has; null to count them in the training labels.</param>
/// <param name="TrainImages">Path of the training images.</param>
/// <param name="TrainLabels">Path of the training labels.</param>
/// <param name="TestImages">Path of the test images; null when the folder has none.</param>
/// <param name="TestLabels">Path of the test labels; null when the folder has none.</param>
public sealed record DatasetFiles(
    string Name, int? ClassCount, string TrainImages, string TrainLabels, string? TestImages, string? TestLabels)
{
    private static readonly string[] Separators = ["-", "."];
    private static readonly string[] Suffixes = [".gz", string.Empty];

    /// <summary>The files in a folder under the names that MNIST gave them, gzipped or plain; null when it lacks the training set.</summary>
    public static DatasetFiles? In(string folder, string name, int? classCount)
    {
        var (images, labels) = (Find(folder, "train", "images", 3), Find(folder, "train", "labels", 1));
        return images is null || labels is null
            ? null
            : new DatasetFiles(name, classCount, images, labels, Find(folder, "t10k", "images", 3), Find(folder, "t10k", "labels", 1));
    }

    private static string? Find(string folder, string part, string what, int dimensions) =>
        (from separator in Separators
         from suffix in Suffixes
         let path = Path.Combine(folder, $"{part}-{what}{separator}idx{dimensions}-ubyte{suffix}")
         where File.Exists(path)
         select path).FirstOrDefault();
}
