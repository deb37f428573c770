using Sweep.Torch;
using Sweep.Training.Models;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Models;

public sealed class ModelRegistryTests
{
    [Fact]
    public void Mlp_ByDefault_Has128And64()
    {
        var model = ModelRegistry.Get("mlp");
        using var generator = new torch.Generator(1);
        using var module = model.Build(784, 10, Values.Of(model.Settings), generator);
        Assert.Equal([128 * 784, 128, 64 * 128, 64, 10 * 64, 10], module.parameters().Select(p => p.numel()));
        Assert.Equal("0.weight 0.bias 2.weight 2.bias 4.weight 4.bias", string.Join(' ', module.named_parameters().Select(p => p.name)));
    }

    [Fact]
    public void Linear_Model_HasOneLayer()
    {
        var model = ModelRegistry.Get("linear");
        using var generator = new torch.Generator(1);
        using var module = model.Build(784, 10, Values.Of(model.Settings), generator);
        Assert.Equal([7840, 10], module.parameters().Select(p => p.numel()));
    }

    [Fact]
    public void Get_OfUnknownModel_NamesThoseThereAre() =>
        Assert.Contains("mlp, linear", Assert.Throws<ArgumentException>(() => ModelRegistry.Get("mpl")).Message, StringComparison.Ordinal);
}
