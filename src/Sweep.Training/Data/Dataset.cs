namespace Sweep.Training.Data;

/// <summary>A data set: loaded once in a process, shared read-only by all its trials.</summary>
public sealed class Dataset
{
    private readonly Lock _gate = new();
    private readonly DatasetFiles? _files;
    private readonly Func<LabelledImages>? _makeTest;
    private LabelledImages? _test;

    private Dataset(DatasetFiles files, IdxImages images, IdxLabels labels, int classCount)
    {
        _files = files;
        Name = files.Name;
        (Height, Width, Channels, ClassCount) = (images.Height, images.Width, 1, classCount);
        Normalization = images.Sums.ToNormalization();
        Train = new LabelledImages(images.Pixels, labels.Labels, [images.File, labels.File]);
    }

    private Dataset(string name, int height, int width, int classCount, LabelledImages train, Func<LabelledImages>? makeTest)
    {
        (Name, Train, _makeTest) = (name, train, makeTest);
        (Height, Width, Channels, ClassCount) = (height, width, 1, classCount);
        Normalization = new Normalization([0], [1]);
    }

    /// <summary>The name in a sweep file.</summary>
    public string Name { get; }

    /// <summary>Whether rows are images, which can be moved and convolved.</summary>
    public bool IsImages => _files is not null;

    /// <summary>Whether each row has a number to predict, its <see cref="LabelledImages.Targets"/>, not a class.</summary>
    public bool PredictsNumbers { get; private init; }

    /// <summary>Symbols of a window, where rows are the windows of a sequence; else 0.</summary>
    public int Window { get; private init; }

    /// <summary>Rows of an image, places of a window; 1 for other rows.</summary>
    public int Height { get; }

    /// <summary>Columns of an image, symbols that a window's place may hold, or features.</summary>
    public int Width { get; }

    /// <summary>Values of a pixel; 1, grey.</summary>
    public int Channels { get; }

    /// <summary>Values of an image: height · width · channels.</summary>
    public int Features => Height * Width * Channels;

    /// <summary>How many classes there are, labels going from 0 to one less; 1 where a number is predicted.</summary>
    public int ClassCount { get; }

    /// <summary>What pixels are normalised with, in training and test alike; rows that are no images stay as they are.</summary>
    public Normalization Normalization { get; }

    /// <summary>The training set, which the validation part is split from.</summary>
    public LabelledImages Train { get; }

    /// <summary>Whether there is a test set; it is not read for that.</summary>
    public bool HasTest => _makeTest is not null || _files is { TestImages: not null, TestLabels: not null };

    /// <summary>Loads the training set, images and labels beside each other.</summary>
    /// <exception cref="TrainingException">A file is missing or bad, or they do not fit each other.</exception>
    public static Dataset Load(DatasetFiles files)
    {
        var (images, labels) = Read(files.TrainImages, files.TrainLabels);
        var classCount = files.ClassCount ?? (int)labels.Labels.Max() + 1;
        labels.ThrowIfUnfit(images, classCount);
        return new Dataset(files, images, labels, classCount);
    }

    /// <summary>A data set of features that are as networks want them.</summary>
    internal static Dataset OfRows(
        string name, int features, int classCount, LabelledImages train, Func<LabelledImages>? makeTest, bool predictsNumbers = false) =>
        new(name, 1, features, classCount, train, makeTest) { PredictsNumbers = predictsNumbers };

    /// <summary>The windows of a sequence of symbols.</summary>
    internal static Dataset OfWindows(string name, int window, int classCount, LabelledImages train, LabelledImages test) =>
        new(name, window, classCount, classCount, train, () => test) { Window = window };

    /// <summary>The test set: read when first asked for, and then kept.</summary>
    /// <exception cref="TrainingException">There is none, or it does not fit the training set.</exception>
    public LabelledImages GetTest()
    {
        lock (_gate)
        {
            return _test ??= LoadTest();
        }
    }

    private static (IdxImages Images, IdxLabels Labels) Read(string imagesPath, string labelsPath)
    {
        IdxImages? images = null;
        IdxLabels? labels = null;
        OrderedParallel.Invoke(() => images = IdxReader.ReadImages(imagesPath), () => labels = IdxReader.ReadLabels(labelsPath));
        return (images!, labels!);
    }

    private LabelledImages LoadTest()
    {
        if (_makeTest is not null)
        {
            return _makeTest();
        }

        if (_files is not { TestImages: { } imagesPath, TestLabels: { } labelsPath })
        {
            throw new TrainingException(_files is null
                ? $"{Name}: no test set: task.test_path names one"
                : $"{Name}: no test set beside {_files.TrainImages}: t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, gzipped or plain, are needed");
        }

        var (images, labels) = Read(imagesPath, labelsPath);
        if ((images.Height, images.Width) != (Height, Width))
        {
            throw new TrainingException($"{imagesPath}: images of {images.Height} by {images.Width}; the training set's are {Height} by {Width}");
        }

        labels.ThrowIfUnfit(images, ClassCount);
        return new LabelledImages(images.Pixels, labels.Labels, [images.File, labels.File]);
    }
}
