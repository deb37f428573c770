using Sweep.Client.Commands;
using Sweep.Search;
using Sweep.Search.Spec;

namespace Sweep.Client.Tests.Commands;

/// <summary><c>sweep set</c>: what its words mean.</summary>
public sealed class PlacementChangeTests
{
    [Fact]
    public void Settings_EachChangesItsOwn() => Assert.Equal(
        new PlacementChange(new SweepPlacement(-3, 4, "fast,gpu", 0, "kernels"), 12),
        PlacementChange.Read(
            new SweepPlacement(Numerics: "kernels"), ["priority=-3", "slots=4", "requires=gpu,fast,gpu", "poison_after=0", "trials=12"]));

    [Fact]
    public void None_TakesALimitBack() => Assert.Equal(
        new PlacementChange(new SweepPlacement(7), null), PlacementChange.Read(new SweepPlacement(7, 4, "gpu"), ["slots=none", "requires=none"]));

    [Theory]
    [InlineData("slots", "'slots' is not key=value")]
    [InlineData("slots=0", "slots: '0' is not a whole number from 1")]
    [InlineData("slots=-1", "slots: '-1'")]
    [InlineData("priority=high", "priority: 'high'")]
    [InlineData("trials=none", "trials: 'none'")]
    [InlineData("poison_after=1.5", "poison_after: '1.5'")]
    [InlineData("requires=", "requires: ''")]
    [InlineData("requires=only:x", "requires: 'only:x' is not a label")]
    [InlineData("slot=3", "did you mean 'slots'?")]
    public void BadSetting_IsRefusedWithItsRule(string setting, string message) => Assert.Contains(
        message, Assert.Throws<SweepException>(() => PlacementChange.Read(new SweepPlacement(), [setting])).Message, StringComparison.Ordinal);
}
