using System.Security.Cryptography;
using Sweep.Training.Data;
using static Sweep.Training.Tests.Data.IdxFolder;

namespace Sweep.Training.Tests.Data;

public sealed class IdxFileTests : IDisposable
{
    // gzip < /dev/null: .NET's own writes nothing at all for no content.
    private static readonly byte[] EmptyGzip = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly IdxFolder _folder = new IdxFolder().WithGoodFiles();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_GoodFiles_HoldsEveryByte()
    {
        var set = _folder.Load();

        Assert.Equal((4, 2, 3, 1, 6, 3), (set.Train.Count, set.Height, set.Width, set.Channels, set.Features, set.ClassCount));
        Assert.Equal(Images(4)[16..], set.Train.Pixels);
        Assert.Equal([0L, 1, 2, 1], set.Train.Labels);
        Assert.Equal(Images(2)[16..], set.GetTest().PixelMemory.ToArray());
        Assert.Equal([2L, 0], set.GetTest().Labels);
    }

    [Theory]
    [InlineData("train-images-idx3-ubyte")]
    [InlineData("train-images.idx3-ubyte")]
    public void Load_PlainFile_IsTheSameAsGzipped(string name)
    {
        File.Delete(Path.Combine(_folder.Path, TrainImages));
        _folder.Write(name, Images(4));

        Assert.Equal(Images(4)[16..], _folder.Load().Train.Pixels);
    }

    [Fact]
    public void Load_Files_AreRecordedWithTheirHashes()
    {
        var file = _folder.Load().Train.Files[0];

        var bytes = File.ReadAllBytes(Path.Combine(_folder.Path, TrainImages));
        Assert.Equal(new DataFile(TrainImages, Path.Combine(_folder.Path, TrainImages), bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), file);
    }

    [Fact]
    public void Load_LabelsOfOneClass_IsAnError()
    {
        _folder.WithGoodFiles();
        _folder.Write(TrainLabels, Gzip(Labels(2, 2, 2, 2)));

        Assert.EndsWith("all 4 rows to train on are of the one class 2", Assert.Throws<TrainingException>(_folder.Load).Message);
    }

    [Fact]
    public void GetTest_AskedTwice_ReadsOnce()
    {
        var set = _folder.Load();
        var test = set.GetTest();
        Directory.EnumerateFiles(_folder.Path, "t10k-*").ToList().ForEach(File.Delete);

        Assert.Same(test, set.GetTest());
    }

    [Fact]
    public void Load_BadTestFiles_AreNotReadWithoutBeingAskedFor()
    {
        var path = _folder.Write("t10k-images-idx3-ubyte.gz", [1, 2, 3]);
        var set = _folder.Load();

        Assert.True(set.HasTest);
        Assert.StartsWith(path, Assert.Throws<TrainingException>(set.GetTest).Message);
    }

    [Fact]
    public void GetTest_FolderWithout_SaysWhatIsNeeded()
    {
        Directory.EnumerateFiles(_folder.Path, "t10k-*").ToList().ForEach(File.Delete);
        var set = _folder.Load();

        Assert.False(set.HasTest);
        Assert.Contains("no test set beside", Assert.Throws<TrainingException>(set.GetTest).Message);
    }

    [Fact]
    public void GetTest_ImagesOfAnotherSize_IsAnError()
    {
        _folder.Write("t10k-images-idx3-ubyte.gz", Gzip(Images(2, 3, 3)));

        Assert.EndsWith("images of 3 by 3; the training set's are 2 by 3", Assert.Throws<TrainingException>(_folder.Load().GetTest).Message);
    }

    [Fact]
    public void GetTest_LabelOfNoTrainingClass_IsAnError()
    {
        _folder.Write("t10k-labels-idx1-ubyte.gz", Gzip(Labels(0, 3)));

        Assert.EndsWith("label 1 is 3; the labels of 3 classes are 0 to 2", Assert.Throws<TrainingException>(_folder.Load().GetTest).Message);
    }

    public static TheoryData<string, string, byte[], string> BadFiles()
    {
        var good = Gzip(Images(4));
        byte[] flipped = [.. good];
        flipped[good.Length / 2] ^= 0x55;
        byte[] badCheck = [.. good];
        badCheck[^6] ^= 1;
        return new()
        {
            { "empty", TrainImages, [], "the file is empty" },
            { "not gzip", TrainImages, Images(4), "named .gz, but begins with 0000, not with gzip's 1f8b" },
            { "one byte", TrainImages, [0x1f], "named .gz, but begins with 1f, not with gzip's 1f8b" },
            { "labels for images", TrainImages, Gzip(Labels(0, 1, 2, 1)), "begins with 00000801, not with 00000803, which marks IDX images (unsigned bytes, 3 dimensions)" },
            { "images for labels", TrainLabels, good, "begins with 00000803, not with 00000801, which marks IDX labels (unsigned bytes, 1 dimension)" },
            { "floats", TrainImages, Gzip([0, 0, 0xd, 3, .. Images(4)[4..]]), "begins with 00000d03, not with 00000803" },
            { "nothing inside", TrainImages, EmptyGzip, "truncated: 0 bytes uncompressed; the header of IDX images alone has 16" },
            { "half a header", TrainImages, Gzip(Images(4)[..11]), "truncated: 11 bytes uncompressed; the header of IDX images alone has 16" },
            { "no images", TrainImages, Gzip(Idx([0, 2, 3], [])), "dimension 0 is 0; it must be at least 1" },
            { "no columns", TrainImages, Gzip(Idx([4, 2, 0], [])), "dimension 2 is 0; it must be at least 1" },
            { "negative", TrainImages, Gzip(Idx([4, -2, 3], [])), "dimension 1 is 4294967294; it must be at least 1" },
            { "too many", TrainImages, Gzip(Idx([100_000, 1000, 1000], [])), "100000 images of 1000 by 1000 are too many" },
            { "far too many", TrainImages, Gzip(Idx([int.MaxValue, int.MaxValue, int.MaxValue], [])), "are too many" },
            { "cannot hold", TrainImages, Gzip(Idx([1_000_000, 28, 28], [])), "truncated: its header promises 784000000 bytes of content, but a file of" },
            { "content short", TrainImages, Gzip(Images(4)[..^1]), "truncated: its header promises 24 bytes of content, 23 were found" },
            { "gzip cut in its data", TrainImages, Gzip(Images(40))[..^40], "truncated: its header promises 240 bytes of content," },
            { "gzip cut in its trailer", TrainImages, good[..^4], "the file does not end with the trailer of its gzip data: it is truncated, or something follows" },
            { "something after the gzip data", TrainImages, [.. good, 9, 9, 9, 9, 9], "the file does not end with the trailer of its gzip data" },
            { "content long", TrainImages, Gzip([.. Images(4), 0]), "bytes follow the content that its header promises; the whole should be 40 bytes uncompressed" },
            { "damaged data", TrainImages, flipped, string.Empty },
            { "bad checksum", TrainImages, badCheck, "the gzip data is damaged" },
            { "fewer labels", TrainLabels, Gzip(Labels(0, 1, 2)), "3 labels, but " },
            { "more labels", TrainLabels, Gzip(Labels(0, 1, 2, 1, 0)), "5 labels, but " },
        };
    }

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void Load_BadFile_SaysWhichFileAndWhatIsWrong(string what, string name, byte[] content, string message)
    {
        var path = _folder.Write(name, content);

        var error = Assert.Throws<TrainingException>(_folder.Load);
        Assert.StartsWith($"{path}: ", error.Message);
        Assert.Contains(message, error.Message);
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData(15, "truncated: 15 bytes uncompressed")]
    [InlineData(39, "truncated: its header promises 24 bytes of content, but a file of 39 bytes cannot hold them")]
    public void Load_PlainFileCutShort_IsAnError(int length, string message)
    {
        File.Delete(Path.Combine(_folder.Path, TrainImages));
        var path = _folder.Write("train-images-idx3-ubyte", Images(4)[..length]);

        Assert.StartsWith($"{path}: {message}", Assert.Throws<TrainingException>(_folder.Load).Message);
    }

    [Fact]
    public void Load_LabelOutOfRange_NamesTheFirst()
    {
        var files = DatasetFiles.In(_folder.Path, "two classes", classCount: 2)!;

        var error = Assert.Throws<TrainingException>(() => Dataset.Load(files));
        Assert.Equal($"{files.TrainLabels}: label 2 is 2; the labels of 2 classes are 0 to 1", error.Message);
    }

    [Fact]
    public void Load_DirectoryInPlaceOfAFile_SaysItCannotBeRead()
    {
        var files = DatasetFiles.In(_folder.Path, "x", null)! with { TrainImages = _folder.Path };

        Assert.StartsWith($"{_folder.Path}: cannot be read: ", Assert.Throws<TrainingException>(() => Dataset.Load(files)).Message);
    }

    [Fact]
    public void Load_BothFilesBad_ReportsTheImages()
    {
        var images = _folder.Write(TrainImages, []);
        _folder.Write(TrainLabels, []);

        Assert.StartsWith(images, Assert.Throws<TrainingException>(_folder.Load).Message);
    }
}
