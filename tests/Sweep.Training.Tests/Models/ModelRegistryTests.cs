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

    [Theory]
    [InlineData(784)]
    [InlineData(3 * 32 * 32)]
    public void Resnet8_OfGreyOrColouredImages_HasTheLayersOfMlperfTinys(int features)
    {
        var model = ModelRegistry.Get("resnet8");
        using var generator = new torch.Generator(1);
        using var module = model.Build(features, 10, Values.Of(model.Settings), generator);
        // Its 77,360 weights of convolutions and 650 of the last layer; here 224 batch normalisation pairs and one or three channels.
        long[] convolutions = [.. module.parameters().Where(p => p.dim() == 4).Select(p => p.numel())];
        Assert.Equal(
            [(features == 784 ? 1 : 3) * 16 * 9, 2304, 2304, 4608, 9216, 512, 18432, 36864, 2048],
            convolutions);
        Assert.Equal([650], [module.parameters().Where(p => p.dim() == 2).Sum(p => p.numel()) + 10]);
    }

    [Fact]
    public void Transformer_OfHeadsThatDoNotDivideItsWidth_IsRefused()
    {
        var model = ModelRegistry.Get("transformer");
        using var generator = new torch.Generator(1);
        var thrown = Assert.Throws<TrainingException>(() => model.Build(784, 10, Values.Of(model.Settings, ("heads", 5L)), generator));
        Assert.Equal("task.heads: a width of 64 cannot be shared evenly by 5 heads", thrown.Message);
        thrown = Assert.Throws<TrainingException>(() => model.Build(784, 10, Values.Of(model.Settings, ("length", 5L)), generator));
        Assert.Equal("task.length: 784 features cannot be cut into 5 places", thrown.Message);
    }

    [Theory]
    [InlineData("before", "sinusoidal", 16)]
    [InlineData("after", "learned", 15)]
    public void Transformer_ByItsSettings_HasItsParameters(string norm, string positions, int expected)
    {
        var model = ModelRegistry.Get("transformer");
        using var generator = new torch.Generator(1);
        using var module = model.Build(784, 10, Values.Of(model.Settings, ("layers", 1L), ("norm", norm), ("positions", positions)), generator);
        Assert.Equal(expected + 2, module.named_parameters().Count());
        Assert.Equal(positions == "learned", module.named_parameters().Any(p => p.name.EndsWith("positions", StringComparison.Ordinal) && p.parameter.shape is [28, 64]));
    }

    public static TheoryData<string> Names() => [.. ModelRegistry.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Init_OfEveryModel_IsItsOwnForASeed(string name)
    {
        var model = ModelRegistry.Get(name);
        float[] Weights(string init, ulong seed)
        {
            using var scope = torch.NewDisposeScope();
            using var generator = new torch.Generator(seed);
            using var module = model.Build(144, 10, Values.Of(model.Settings, ("init", init)), generator);
            if (init != "default")
            {
                Assert.All(module.named_parameters().Where(p => p.name.Contains("bias", StringComparison.Ordinal)), p => Assert.All(p.parameter.data<float>(), x => Assert.Equal(0, x)));
            }
            return module.parameters().First(p => p.dim() > 1).data<float>();
        }
        var drawn = model.Settings.Single(s => s.Name == "init").Choices.Select(init => Weights(init, 3)).ToArray();
        Assert.Equal(drawn.Length, drawn.Select(w => w[0]).Distinct().Count());
        Assert.Equal(drawn[2], Weights("kaiming_normal", 3));
        Assert.NotEqual(drawn[2], Weights("kaiming_normal", 4));
    }

    [Fact]
    public void Get_OfUnknownModel_NamesThoseThereAre() =>
        Assert.Contains("mlp, linear", Assert.Throws<ArgumentException>(() => ModelRegistry.Get("mpl")).Message, StringComparison.Ordinal);
}
