using System.Globalization;
using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Spaces;

public sealed class DistributionTests
{
    // Python 3.11, statistics.NormalDist().cdf and .inv_cdf.
    [Theory]
    [InlineData(-8, 6.106226635438361e-16)]
    [InlineData(-3, 0.0013498980316301035)]
    [InlineData(-0.1, 0.460172162722971)]
    [InlineData(0.5, 0.6914624612740131)]
    [InlineData(1.96, 0.9750021048517796)]
    [InlineData(4, 0.9999683287581669)]
    public void NormalProbability_IsPythons(double x, double p) => Assert.Equal(p, NormalCurve.Probability(x), 1e-14);

    [Theory]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.1, -1.2815515655446008)]
    [InlineData(0.3, -0.5244005127080407)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.975, 1.9599639845400536)]
    public void NormalQuantile_IsPythons(double p, double x) => Assert.Equal(x, NormalCurve.Quantile(p), 1e-13);

    [Fact]
    public void LogUniform_BoundsAreValues()
    {
        var lr = new ContinuousDistribution(new LogUniformScale(), 1e-4, 1);
        Assert.Equal(1e-4, lr.Quantile(0).AsReal, 1e-15);
        Assert.Equal(1e-2, lr.Quantile(0.5).AsReal, 1e-12);
        Assert.InRange(lr.Quantile(1 - 1e-16).AsReal, 0.999, 1);
    }

    [Fact]
    public void TruncatedNormal_StaysInside_AlsoFarOut()
    {
        var far = new ContinuousDistribution(new NormalScale(0, 1), 10, 11);
        for (var u = 0.0; u < 1; u += 0.01)
        {
            Assert.InRange(far.Quantile(u).AsReal, 10, 11);
        }

        Assert.Equal(0, new ContinuousDistribution(new NormalScale(0, 1), -1, 1).Quantile(0.5).AsReal, 1e-12);
        Assert.True(double.IsFinite(new ContinuousDistribution(new NormalScale(0, 1), double.NegativeInfinity, double.PositiveInfinity).Quantile(0).AsReal));
    }

    [Fact]
    public void LogNormal_HasItsMedian() =>
        Assert.Equal(0.01, new ContinuousDistribution(new LogNormalScale(0.01, 2), 0, double.PositiveInfinity).Quantile(0.5).AsReal, 1e-12);

    [Fact]
    public void Steps_AreDecimalNumbers()
    {
        var tenths = new LatticeDistribution(new UniformScale(), 0.1, 0.1, 9, whole: false);
        Assert.Equal(["0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"], Enumerable.Range(0, 9).Select(i => tenths.At(i).ToString()));
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(i, tenths.IndexOf(tenths.At(i))));
        Assert.Equal(-1, tenths.IndexOf(ParameterValue.Of(0.15)));
    }

    [Fact]
    public void LogUniformIntegers_HaveTheProbabilityOfTheirInterval()
    {
        var whole = new LatticeDistribution(new LogUniformScale(), 1, 1, 3, whole: true);

        // P(1) = ln 2 / ln 4 = 1/2; P(≤ 2) = ln 3 / ln 4 = 0.79248.
        Assert.Equal([0L, 1, 1, 2], new[] { 0.499, 0.501, 0.792, 0.793 }.Select(whole.QuantileIndex));
    }

    [Fact]
    public void Probabilities_AreKept()
    {
        var values = new ValuesDistribution([ParameterValue.Of("a"), ParameterValue.Of("b"), ParameterValue.Of("c")], [0.25, 0.5, 0.25]);
        Assert.Equal([0L, 0, 1, 1, 2, 2], new[] { 0, 0.2499, 0.25, 0.7499, 0.75, 0.99999 }.Select(values.QuantileIndex));
    }

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(1e22, "1E+22")]
    [InlineData(-0.0, "-0.0")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    public void Reals_AreShortAndKeepTheirType(double value, string json)
    {
        Assert.Equal(json, ParameterValue.Of(value).ToString());
        Assert.Equal(double.Parse(json, CultureInfo.InvariantCulture), value);
        var parsed = Configuration.Parse($"{{\"x\":{json}}}").Entries[0].Value;
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(parsed.AsReal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"a\":null}")]
    [InlineData("{\"a\":1e999}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{\"a\":99999999999999999999}")]
    public void Parse_OfSomethingElse_IsAFormatException(string json) => Assert.Throws<FormatException>(() => Configuration.Parse(json));

    [Fact]
    public void Text_IsEscaped()
    {
        var point = new Configuration([new("a\"b", ParameterValue.Of("x\\\n\u0001 é 𝄞"))]);
        Assert.Equal("{\"a\\\"b\":\"x\\\\\\u000a\\u0001 é \\ud834\\udd1e\"}", point.ToJson());
        Assert.Equal(point, Configuration.Parse(point.ToJson()));
    }

    [Fact]
    public void SizeBeyondAnyInteger_IsExact()
    {
        var wide = new LatticeDistribution(new UniformScale(), 0, 1, 1L << 40, whole: true);
        var space = new Space([.. Enumerable.Range(0, 5).Select(i => new Parameter($"p{i}", [new Alternative(wide, [])]))], []);
        Assert.Equal(System.Numerics.BigInteger.Pow(2, 200), space.Size);
        Assert.Equal(space.Size - 1, space.IndexOf(space.At(space.Size!.Value - 1)));
    }
}
