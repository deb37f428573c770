using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Spec;

/// <summary>Numbers of ranges with <c>step</c> or <c>points</c>: those of decimal arithmetic, whatever a double makes of it.</summary>
/// <remarks>What is expected is computed with whole numbers, and turned into a double by .NET's parser, which rounds correctly.</remarks>
public sealed class DecimalRangeTests
{
    [Theory]
    [InlineData("min: 0.1, max: 0.7, step: 0.1", "0.1 0.2 0.3 0.4 0.5 0.6 0.7")]
    [InlineData("min: 0.2, max: 1.4, step: 0.2", "0.2 0.4 0.6 0.8 1 1.2 1.4")]
    [InlineData("min: 0.09, max: 0.37, step: 0.07", "0.09 0.16 0.23 0.3 0.37")]
    [InlineData("min: 0.1, max: 0.65, step: 0.1", "0.1 0.2 0.3 0.4 0.5 0.6")]
    [InlineData("min: 1e-7, max: 7e-7, step: 2e-7", "1E-07 3E-07 5E-07 7E-07")]
    [InlineData("min: 1e300, max: 7e300, step: 2e300", "1E+300 3E+300 5E+300 7E+300")]
    [InlineData("min: 1, max: 2, step: 0.33333333333333333333", "1 1.3333333333333333 1.6666666666666667 2")]
    [InlineData("min: 0.1, max: 0.7, points: 7", "0.1 0.2 0.3 0.4 0.5 0.6 0.7")]
    [InlineData("min: 0.1, max: 0.2, points: 4", "0.1 0.13333333333333333 0.16666666666666666 0.2")]
    [InlineData("min: 0.00001, max: 0.1, distribution: log_uniform, points: 5", "1E-05 0.0001 0.001 0.01 0.1")]
    [InlineData("min: 1e-300, max: 1e300, distribution: log_uniform, points: 7", "1E-300 1E-200 1E-100 1 1E+100 1E+200 1E+300")]
    [InlineData("min: 3e-4, max: 0.3, distribution: log_uniform, points: 4", "0.0003 0.003 0.03 0.3")]
    [InlineData("min: 0.5, max: 8, distribution: log_uniform, points: 5", "0.5 1 2 4 8")]
    public void Range_OfDecimals_HasTheNumbersAPersonWouldWrite(string range, string expected) =>
        Assert.Equal(expected, string.Join(' ', Values(range).Select(value => value.ToDisplay())));

    [Fact]
    public void Lattice_OfRandomDecimals_IsTheNearestDoubleOfEachExactValue() => Check(random =>
    {
        var exponent = random.Next(-12, 3);
        BigInteger low = random.Next(-500, 500), step = random.Next(1, 300);
        var count = random.Next(2, 60);
        var lattice = Lattice($"{low}e{exponent}", $"{step}e{exponent}", count);
        return Enumerable.Range(0, count).All(k =>
            lattice.At(k).AsReal == Double($"{low + (k * step)}e{exponent}") && lattice.IndexOf(lattice.At(k)) == k);
    });

    [Fact]
    public void Lattice_OfNumbersOfAnySize_IsTheNearestDoubleOfEachExactValue() => Check(random =>
    {
        var (lowExponent, stepExponent) = (random.Next(-320, 290), random.Next(-320, 290));
        var least = Math.Min(lowExponent, stepExponent);
        BigInteger low = random.NextInt64(-1L << 60, 1L << 60), step = random.NextInt64(1, 1L << 60);
        var lattice = Lattice($"{low}e{lowExponent}", $"{step}e{stepExponent}", 5);
        return Enumerable.Range(0, 5).All(k => lattice.At(k).AsReal == Double(
            $"{(low * BigInteger.Pow(10, lowExponent - least)) + (k * step * BigInteger.Pow(10, stepExponent - least))}e{least}"));
    });

    [Fact]
    public void Step_OfRandomDecimals_GivesEveryValueUpToMaxAndNoneAbove() => Check(random =>
    {
        var scale = random.Next(0, 7);
        var (low, width, step) = (random.Next(1, 900), random.Next(1, 900), random.Next(1, 300));
        var (min, max) = (Text(low, scale), Text(low + width, scale));
        if (width < step)
        {
            return true;
        }

        var values = Values($"min: {min}, max: {max}, step: {Text(step, scale)}");
        return values.Count == (width / step) + 1
            && values.Select((value, k) => value.AsReal == Double(Text(low + (k * step), scale))).All(same => same)
            && values.All(value => value.AsReal <= Double(max));
    });

    [Fact]
    public void Points_OfRandomDecimals_AreTheNearestDoubles() => Check(random =>
    {
        var scale = random.Next(0, 7);
        var (low, width, count) = (random.Next(1, 900), random.Next(1, 900), random.Next(2, 40));
        var values = Values($"min: {Text(low, scale)}, max: {Text(low + width, scale)}, points: {count}");
        var shift = BigInteger.Pow(10, 60);
        return values.Select((value, k) =>
            value.AsReal == Double($"{((low * (count - 1)) + ((BigInteger)k * width)) * shift / (count - 1)}e{-60 - scale}")).All(same => same);
    });

    [Fact]
    public void LogPoints_OfPowersOfTen_AreExact() => Check(random =>
    {
        var (from, step, count) = (random.Next(-60, 20), random.Next(1, 6), random.Next(2, 30));
        var values = Values($"min: 1e{from}, max: 1e{from + (step * (count - 1))}, distribution: log_uniform, points: {count}");
        return values.Select((value, k) => value.AsReal == Double($"1e{from + (k * step)}")).All(same => same);
    });

    [Fact]
    public void ValueNearAPoint_IsThePoint_OthersAreNone() => Check(random =>
    {
        var (low, step, k) = (random.Next(1, 900), random.Next(1, 300), random.Next(0, 20));
        var lattice = Lattice(Text(low, 3), Text(step, 3), 20);
        var (point, width) = (lattice.At(k).AsReal, step / 1000.0);
        return lattice.IndexOf(ParameterValue.Of(point + (0.9e-9 * width))) == k
            && lattice.IndexOf(ParameterValue.Of(Math.BitDecrement(point))) == k
            && lattice.IndexOf(ParameterValue.Of(point + (1.2e-9 * width))) == -1
            && lattice.IndexOf(ParameterValue.Of(point - (0.3 * width))) == -1;
    });

    [Theory]
    [InlineData("{ min: 0.1, max: 0.7, step: 0.1 }", "0.3")]
    [InlineData("{ min: 0.1, max: 0.7, step: 0.1 }", "0.30000000000000004")]
    [InlineData("{ min: 0.1, max: 0.7, points: 7 }", "0.30000000000000004")]
    [InlineData("{ values: [0.1, 0.3, 0.7] }", "0.30000000000000004")]
    [InlineData("{ values: [0.3] }", "0.3")]
    public void EnqueueForbiddenAndWhen_OfAPoint_MeanThePoint(string range, string value)
    {
        var spec = TestSpecs.Valid(TestSpecs.With($$"""
              optimizer: sgd
              lr: {{range}}
              task.dropout: { values: [0.0, 0.5], when: { lr: {{value}} } }
            enqueue: [ { lr: {{value}}, task.dropout: 0.5 } ]
            forbidden: [ { lr: {{value}}, task.dropout: 0.0 } ]
            """));

        Assert.Equal("0.3", spec.Search.Enqueue[0].Entries.Single(entry => entry.Key == "lr").Value.ToDisplay());
        Assert.Equal(
            ["0.5"],
            spec.Space.Points().Where(point => point.TryGet("task.dropout", out _)).Select(point => point.Entries.Single(e => e.Key == "task.dropout").Value.ToDisplay()));
    }

    [Theory]
    [InlineData("{ min: 0.1, max: 0.7, step: 0.1 }", "0.31", "lr is never 0.31; the nearest values are 0.3 and 0.4")]
    [InlineData("{ min: 0.1, max: 0.7, step: 0.1 }", "0.9", "lr is never 0.9; the nearest value is 0.7")]
    [InlineData("{ min: 0.1, max: 0.7, step: 0.1 }", "0.01", "lr is never 0.01; the nearest value is 0.1")]
    [InlineData("{ min: 0.1, max: 0.7, step: 0.1 }", "0.3000000003", "lr is never 0.3000000003; the nearest values are 0.3 and 0.4")]
    [InlineData("{ min: 0.1, max: 0.7, points: 7 }", "0.31", "lr is never 0.31; the nearest values are 0.3 and 0.4")]
    [InlineData("{ values: [0.7, 0.1, 0.3] }", "0.5", "lr is never 0.5; the nearest values are 0.3 and 0.7")]
    [InlineData("{ values: [0.3] }", "0.5", "lr is never 0.5; the nearest value is 0.3")]
    public void EnqueueForbiddenAndWhen_OfAnotherValue_NameItsNeighbours(string range, string value, string message)
    {
        var start = $"  optimizer: sgd\n  lr: {range}\n";
        string[] texts =
        [
            TestSpecs.With($"{start}enqueue: [ {{ lr: {value} }} ]"),
            TestSpecs.With($"{start}forbidden: [ {{ lr: {value} }} ]"),
            TestSpecs.With($"{start}  task.dropout: {{ values: [0.1], when: {{ lr: {value} }} }}"),
        ];
        Assert.All(texts, text => Assert.EndsWith(message, Assert.Single(TestSpecs.Read(text).Errors).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Enqueue_JustAboveTheLimitOfItsSetting_IsThePoint()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: 0.1\n  schedule: cosine\n  schedule.min_factor: { min: 0.09, max: 1.0, step: 0.07 }\nenqueue: [ { schedule.min_factor: 1.0000000000000002 } ]"));
        Assert.Contains(spec.Search.Enqueue[0].Entries, entry => entry.Value.Equals(ParameterValue.Of(1.0)));
    }

    [Fact]
    public void WholeNumbersOfANumberSetting_AreEnqueuedAsSuch()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { min: 1, max: 9, step: 2, type: int }\nenqueue: [ { lr: 5 }, { lr: 7.0 } ]"));
        Assert.Equal(["5", "7"], spec.Search.Enqueue.Select(point => point.Entries[1].Value.ToString()));
    }

    [Theory]
    [InlineData("min: 10000000000000000, max: 10000000000000004, step: 0.5", "step 0.5 is too small: numbers near")]
    [InlineData("min: 0.1, max: 0.7, step: 0.7", "step 0.7 makes 1 values")]
    [InlineData("min: 0.1, max: 0.7, step: 1e-30", "expected 2 to 2^52")]
    [InlineData("min: 1, max: 7, type: int, step: 0.5", "step: expected a whole number, found 0.5")]
    public void Range_WithABadStep_IsAnError(string range, string message) =>
        Assert.Contains(message, Assert.Single(TestSpecs.Read(TestSpecs.With($"  optimizer: sgd\n  lr: {{ {range} }}")).Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("values: [0.5, 1, 0.50]", "0.5 is given twice")]
    [InlineData("values: [1, 1.0]", "1 is given twice")]
    [InlineData("values: [0.3, 0.30000000000000000001]", "0.3 is given twice")]
    public void Values_OfOneNumberInTwoSpellings_AreGivenTwice(string values, string message) =>
        Assert.Contains(message, Assert.Single(TestSpecs.Read(TestSpecs.With($"  optimizer: sgd\n  lr: {{ {values} }}")).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void StoredConfiguration_OfAnEarlierVersion_IsStillThatPoint()
    {
        var space = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { min: 0.1, max: 0.7, step: 0.1 }")).Space;
        var earlier = TestSpecs.Point(("optimizer", "sgd"), ("lr", 0.30000000000000004));

        Assert.Equal(new BigInteger(2), space.IndexOf(earlier));
        Assert.Equal([0.0, 2.0], space.CoordinatesOf(earlier)!);
        Assert.Equal(TestSpecs.Point(("optimizer", "sgd"), ("lr", 0.3)), space.Find(earlier, out _));
    }

    [Fact]
    public void ConfigurationOfAnotherSpace_IsFoundByNameOrHasAReason()
    {
        var space = TestSpecs.Valid(TestSpecs.With("""
              optimizer: { values: [sgd, momentum] }
              optimizer.momentum: { values: [0.5, 0.9], when: { optimizer: momentum } }
              lr: { min: 0.1, max: 0.7, step: 0.1 }
            forbidden: [ { optimizer: sgd, lr: 0.1 } ]
            """)).Space;
        string? Problem(params (string Name, object Value)[] entries) => space.Find(TestSpecs.Point(entries), out var problem) is null ? problem : null;

        Assert.Equal(
            TestSpecs.Point(("optimizer", "momentum"), ("optimizer.momentum", 0.9), ("lr", 0.7)),
            space.Find(TestSpecs.Point(("lr", 0.7000000000000001), ("optimizer.momentum", 0.9), ("optimizer", "momentum")), out _));
        Assert.Equal("lr is never 0.25; the nearest values are 0.2 and 0.3", Problem(("optimizer", "sgd"), ("lr", 0.25)));
        Assert.Equal("optimizer is never adam in this configuration", Problem(("optimizer", "adam"), ("lr", 0.2)));
        Assert.Equal("lr is missing", Problem(("optimizer", "sgd")));
        Assert.Equal("optimizer.momentum is inactive", Problem(("optimizer", "sgd"), ("optimizer.momentum", 0.9), ("lr", 0.2)));
        Assert.Equal("task.dropout is no parameter of this sweep", Problem(("optimizer", "sgd"), ("lr", 0.2), ("task.dropout", 0.1)));
        Assert.Equal("it is forbidden", Problem(("optimizer", "sgd"), ("lr", 0.10000000000000002)));
    }

    [Fact]
    public void AxisOfALattice_GoesForwardAndBackToEveryValue() => Check(random =>
    {
        var lattice = Lattice(Text(random.Next(1, 900), 3), Text(random.Next(1, 300), 3), 50, random.Next(2) == 0 ? new UniformScale() : new LogUniformScale());
        var axis = new Space([new Parameter("x", [new Alternative(lattice, [])])], []).Axes[0];
        return Enumerable.Range(0, 50).All(k => axis.Backward(axis.Forward(k)) == k && axis.FromUnit(axis.ToUnit(k)) == k);
    });

    private static List<ParameterValue> Values(string range)
    {
        var spec = TestSpecs.Valid(TestSpecs.With($"  optimizer: sgd\n  lr: {{ {range} }}", "{ sampler: grid }"));
        var distribution = spec.Space.Parameters[1].Alternatives[0].Distribution;
        return [.. Enumerable.Range(0, (int)distribution.Count!.Value).Select(k => distribution.At(k))];
    }

    private static LatticeDistribution Lattice(string low, string step, long count, Scale? scale = null) =>
        LatticeDistribution.Of(scale ?? new UniformScale(), Rational.Parse(low), Rational.Parse(step), count, whole: false);

    /// <summary>A whole number of 10^-scale as it stands in a file: 15 of thousandths is 0.015.</summary>
    private static string Text(int units, int scale) => new decimal(units, 0, 0, false, (byte)scale).ToString(CultureInfo.InvariantCulture);

    private static double Double(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Check(Func<System.Random, bool> holds) => Prop
        .ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => holds(new System.Random(seed)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(0x2f17, 0x9d));
}
