using System.Security.Cryptography;
using Sweep.Training.Data;

namespace Sweep.Training.Tests.Data;

public class DatasetTests
{
    [Fact]
    public async Task FashionMnist_Loaded_IsTheRealOne()
    {
        var set = await new DatasetCache(new DatasetLocations(null, "/nowhere")).GetAsync("fashion-mnist", CancellationToken.None);

        Assert.Equal((60_000, 28, 28, 784, 10), (set.Train.Count, set.Height, set.Width, set.Features, set.ClassCount));
        Assert.Equal(47_040_000, set.Train.Pixels.Length);
        Assert.All(Enumerable.Range(0, 10), c => Assert.Equal(6_000, set.Train.Labels.Count(l => l == c)));
        Assert.Equal([9L, 0, 0, 3, 0, 2, 7, 2], set.Train.Labels[..8]);

        // The constants in common use, e.g. of torchvision's examples.
        Assert.Equal(0.2860, set.Normalization.Mean[0], 4);
        Assert.Equal(0.3530, set.Normalization.StandardDeviation[0], 4);

        // Python: hashlib.sha256(gzip.open(train_images).read()[16:]).hexdigest()
        Assert.Equal("2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012", Convert.ToHexStringLower(SHA256.HashData(set.Train.Pixels)));

        var test = set.GetTest();
        Assert.Equal((10_000, 7_840_000), (test.Count, test.Pixels.Length));
        Assert.All(Enumerable.Range(0, 10), c => Assert.Equal(1_000, test.Labels.Count(l => l == c)));
    }

    [Fact]
    public void PixelSums_AnyLength_EqualTheDefinition()
    {
        // Reference: the two sums one pixel at a time, in whole numbers.
        foreach (var length in (int[])[1, 31, 32, 33, 1000, 2_200_003])
        {
            byte[] pixels = [.. Enumerable.Range(0, length).Select(i => (byte)(i % 3 == 0 ? 255 : i * 31))];
            var sums = default(PixelSums);
            sums.Add(pixels.AsSpan(0, length / 3));
            sums.Add(pixels.AsSpan(length / 3));

            var mean = pixels.Sum(p => (long)p) / (double)length;
            var deviation = Math.Sqrt((pixels.Sum(p => (long)p * p) / (double)length) - (mean * mean));
            var result = sums.ToNormalization();
            Assert.Equal(mean / 255, result.Mean[0], 6);
            Assert.Equal(deviation == 0 ? 1 : deviation / 255, result.StandardDeviation[0], 6);
        }
    }

    [Fact]
    public void PixelSums_AllWhite_DoNotOverflow()
    {
        var sums = default(PixelSums);
        sums.Add(Enumerable.Repeat((byte)255, 3_000_000).ToArray());

        Assert.Equal((1f, 1f), (sums.ToNormalization().Mean[0], sums.ToNormalization().StandardDeviation[0]));
    }

    [Fact]
    public async Task Cache_AskedByManyAtOnce_LoadsOnce()
    {
        using var folder = new IdxFolder().WithGoodFiles();
        var cache = new DatasetCache(new DatasetLocations(null, folder.Path));

        var sets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => cache.GetAsync($"idx:{folder.Path}", CancellationToken.None))));

        Assert.Single(sets.Distinct());
    }

    [Fact]
    public async Task Cache_AfterAFailedLoad_TriesAgain()
    {
        using var folder = new IdxFolder();
        var cache = new DatasetCache(new DatasetLocations(null, folder.Path));

        await Assert.ThrowsAsync<TrainingException>(() => cache.GetAsync($"idx:{folder.Path}", CancellationToken.None));
        folder.WithGoodFiles();
        Assert.Equal(4, (await cache.GetAsync($"idx:{folder.Path}", CancellationToken.None)).Train.Count);
    }

    [Theory]
    [InlineData("fashion-mnist", true)]
    [InlineData(".", true)]
    [InlineData("mnist", false)]
    public void FashionMnist_InSweepData_IsTakenBeforeDebians(string subfolder, bool taken)
    {
        using var folder = new IdxFolder();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, subfolder)).FullName;
        File.WriteAllBytes(Path.Combine(data, IdxFolder.TrainImages), []);
        File.WriteAllBytes(Path.Combine(data, IdxFolder.TrainLabels), []);

        var files = DatasetRegistry.Locate("fashion-mnist", new DatasetLocations(folder.Path, folder.Path));

        Assert.Equal(taken, files.TrainImages.StartsWith(folder.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void FashionMnist_Nowhere_SaysWhereItWasLookedFor()
    {
        var locations = new DatasetLocations("/data", "/cache") { FashionMnistDirectory = "/debian" };

        Assert.Equal(
            "task.dataset: fashion-mnist: no train-images-idx3-ubyte and train-labels-idx1-ubyte, gzipped or plain, in /data/fashion-mnist or /data or /debian; install Debian's dataset-fashion-mnist, or set SWEEP_DATA to a folder that has them",
            Assert.Throws<TrainingException>(() => DatasetRegistry.Locate("fashion-mnist", locations)).Message);
    }

    [Fact]
    public void Mnist_Nowhere_SaysWhereItWasLookedFor() =>
        Assert.Contains(
            "in /data/mnist or /cache/mnist; put the four files there",
            Assert.Throws<TrainingException>(() => DatasetRegistry.Locate("mnist", new DatasetLocations("/data", "/cache"))).Message);

    [Theory]
    [InlineData("fashion")]
    [InlineData("idx:")]
    public void UnknownName_NamesTheKnownOnes(string name) =>
        Assert.Equal(
            $"task.dataset: {name} is none of fashion-mnist, mnist, spirals, noisy_linear, idx:PATH, csv:PATH, text:PATH",
            Assert.Throws<TrainingException>(() => DatasetRegistry.Locate(name, new DatasetLocations(null, "/cache"))).Message);
}
