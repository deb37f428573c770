using System.Globalization;
using System.Numerics;
using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Spaces;

public sealed class RationalTests
{
    [Fact]
    public void Of_AnyDouble_ReadsBackAsIt()
    {
        var random = new System.Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            Assert.True(!double.IsFinite(value) || Rational.Of(value).ToDouble() == value, $"{value:R}");
        }
    }

    [Theory]
    [InlineData("0.1", 1, 10)]
    [InlineData("-2.50", -5, 2)]
    [InlineData("+4e2", 400, 1)]
    [InlineData("12.5E-1", 5, 4)]
    [InlineData(".5", 1, 2)]
    [InlineData("5.", 5, 1)]
    [InlineData("0e999999999999", 0, 1)]
    public void Parse_Decimals_AreTheFraction(string text, int numerator, int denominator) =>
        Assert.Equal(new Rational(numerator, denominator), Rational.Parse(text));

    // .NET's own parser rounds correctly. The last ones lie at the ends of the doubles, and in the middle between two.
    [Theory]
    [InlineData("1e23")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740995")]
    [InlineData("0.1000000000000000055511151231257827021181583404541015625")]
    [InlineData("1.00000000000000011102230246251565404236316680908203125")]
    [InlineData("1.00000000000000011102230246251565404236316680908203126")]
    [InlineData("-1.7976931348623157e308")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("4.9406564584124654e-324")]
    [InlineData("2.4703282292062327e-324")]
    [InlineData("2.4703282292062328e-324")]
    [InlineData("1e-330")]
    [InlineData("2.2250738585072011e-308")]
    public void ToDouble_IsTheNearest(string text) =>
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), Rational.Parse(text).ToDouble());

    [Theory]
    [InlineData(5, 2, 3, 2)]
    [InlineData(-5, 2, -2, -3)]
    [InlineData(7, 3, 2, 2)]
    [InlineData(8, 3, 3, 2)]
    [InlineData(-4, 1, -4, -4)]
    public void Rounding_IsHalfUpAlsoBelowZero(int numerator, int denominator, int rounded, int floor)
    {
        Assert.Equal(new BigInteger(rounded), new Rational(numerator, denominator).RoundHalfUp());
        Assert.Equal(new BigInteger(floor), new Rational(numerator, denominator).Floor());
    }

    [Fact]
    public void Default_IsZero() => Assert.Equal(0, default(Rational) + (Rational)0);

    [Fact]
    public void Of_WhatIsNotFinite_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Rational.Of(double.NaN));
}
