namespace Sweep.Torch.Tests;

/// <summary>Images moved as they are gathered.</summary>
public sealed class AugmentationTests
{
    private const float Scale = 0.5f;
    private const float Shift = -2;

    private static readonly Augmentation Still = new(1, 3, 4, 0, 0, 1);

    [Fact]
    public void Batch_MovedByNothing_IsThePlainBatchBitForBit()
    {
        using var scope = torch.NewDisposeScope();
        using var source = Source(50, 12);
        int[] rows = [.. Enumerable.Range(0, 50)];
        Assert.Equal(source.Batch(rows).Data.data<float>(), source.Batch(rows, Still).Data.data<float>());
    }

    [Fact]
    public void Batch_Flipped_IsTheImageOrItsMirrorHalfOfTheTimeEach()
    {
        using var scope = torch.NewDisposeScope();
        using var source = Source(2000, 12);
        int[] rows = [.. Enumerable.Range(0, 2000)];
        var (plain, moved) = (source.Batch(rows).Data.data<float>(), source.Batch(rows, Still with { Flip = 1 }).Data.data<float>());
        var mirrored = 0;
        foreach (var row in rows)
        {
            var (image, got) = (plain.AsSpan(row * 12, 12).ToArray(), moved.AsSpan(row * 12, 12).ToArray());
            float[] mirror = [.. image.Chunk(4).SelectMany(line => line.Reverse())];
            Assert.True(got.SequenceEqual(image) || got.SequenceEqual(mirror));
            mirrored += got.SequenceEqual(mirror) ? 1 : 0;
        }

        // Five deviations of a fair coin.
        Assert.InRange(mirrored, 1000 - 112, 1000 + 112);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Batch_Shifted_IsEachShiftAsOftenWithRawZerosComingIn(long flip)
    {
        using var scope = torch.NewDisposeScope();
        const int Count = 5000, Channels = 2, Height = 3, Width = 4, Size = Channels * Height * Width;
        using var source = Source(Count, Size);
        int[] rows = [.. Enumerable.Range(0, Count)];
        var (plain, moved) = (source.Batch(rows).Data.data<float>(), source.Batch(rows, new Augmentation(Channels, Height, Width, 2, flip, 9)).Data.data<float>());
        var seen = new Dictionary<(int Down, int Right, bool Mirror), int>();
        foreach (var row in rows)
        {
            var image = plain.AsSpan(row * Size, Size).ToArray();
            var got = moved.AsSpan(row * Size, Size).ToArray();
            var how = (from down in Enumerable.Range(-2, 5)
                       from right in Enumerable.Range(-2, 5)
                       from mirror in flip == 1 ? new[] { false, true } : [false]
                       where got.SequenceEqual(Move(image, down, right, mirror))
                       select (down, right, mirror)).ToList();
            Assert.NotEmpty(how);
            seen[how[0]] = seen.GetValueOrDefault(how[0]) + 1;
        }

        // 25 shifts, each once or twice over; five deviations of a binomial.
        var each = (double)Count / (25 * (1 + flip));
        Assert.Equal(25 * (1 + (int)flip), seen.Count);
        Assert.All(seen.Values, n => Assert.InRange(n, each - (5 * Math.Sqrt(each)), each + (5 * Math.Sqrt(each))));

        float[] Move(float[] image, int down, int right, bool mirror) =>
        [
            .. from c in Enumerable.Range(0, Channels)
               from y in Enumerable.Range(0, Height)
               from x in Enumerable.Range(0, Width)
               let inside = y - down is >= 0 and < Height && x - right is >= 0 and < Width
               let column = mirror ? Width - 1 - (x - right) : x - right
               select inside ? image[(((c * Height) + y - down) * Width) + column] : Shift,
        ];
    }

    [Fact]
    public void Batch_InAnotherOrder_MovesEachRowAsBefore()
    {
        using var scope = torch.NewDisposeScope();
        using var source = Source(20, 12);
        var how = new Augmentation(1, 3, 4, 2, 1, 5);
        int[] rows = [.. Enumerable.Range(0, 20)];
        var forwards = source.Batch(rows, how).Data.data<float>().Chunk(12).ToList();
        var backwards = source.Batch([.. rows.Reverse()], how).Data.data<float>().Chunk(12).Reverse().ToList();
        Assert.Equal(forwards, backwards);
        Assert.NotEqual(forwards, source.Batch(rows, how with { Key = 6 }).Data.data<float>().Chunk(12).ToList());
    }

    [Fact]
    public void Gradient_OfMovedImages_IsAutogradsAndLeavesEvaluationAlone()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(3);
        using var source = Source(40, 12);
        using var module = torch.nn.Sequential(torch.nn.Linear(12, 5, generator), torch.nn.ReLU(), torch.nn.Linear(5, 2, generator));
        var how = new Augmentation(1, 3, 4, 1, 1, 5);
        int[] rows = [.. Enumerable.Range(0, 30)];
        using var compiled = Network.Compile(module, source, 16);
        Assert.IsType<CompiledNetwork>(compiled);
        var evaluated = compiled.Evaluate(rows);
        var plain = compiled.Gradient(rows, 0).LossSum;
        var moved = compiled.Gradient(rows, 0, how).LossSum;
        Assert.Equal(new AutogradNetwork(module, source, new NetworkOptions()).Gradient(rows, 0, how).LossSum, moved, 1e-4);
        Assert.NotEqual(plain, moved);
        Assert.Equal(evaluated, compiled.Evaluate(rows));
    }

    [Theory]
    [InlineData(1, 3, 5, 0, "a row has 12 features, which are no image of 1 by 3 by 5")]
    [InlineData(1, 3, 4, 3, "a shift by 3 moves an image of 3 by 4 out of sight")]
    public void Batch_AugmentationThatDoesNotFit_IsRefused(long channels, long height, long width, long shift, string message)
    {
        using var scope = torch.NewDisposeScope();
        using var source = Source(4, 12);
        Assert.Contains(message, Assert.Throws<TorchException>(() => source.Batch([0], new Augmentation(channels, height, width, shift, 0, 0))).Message, StringComparison.Ordinal);
    }

    private static BatchSource Source(int rows, int features)
    {
        // Every row has other pixels, none of them 0.
        byte[] pixels = [.. Enumerable.Range(0, rows * features).Select(i => (byte)(1 + (i * 7919L % 251)))];
        return new BatchSource(torch.from_memory<byte>(pixels, rows, features), torch.zeros([rows], torch.int32), 2, Scale, Shift);
    }
}
