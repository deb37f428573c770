namespace Sweep.Torch.Tests;

public sealed class OptimizerTests
{
    [Fact]
    public void FlatParameters_OfAModule_ShareOneBlockWithThem()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        using var module = torch.nn.Linear(3, 5, generator);
        var before = module.weight.data<float>();
        using var flat = FlatParameters.Of(module.parameters());
        Assert.Same(flat, FlatParameters.Of(module.parameters()));
        Assert.Equal(before, module.weight.data<float>());
        Assert.Equal([0L, 16], flat.Offsets);
        Assert.Equal(32, flat.Values.numel());
        flat.Values.fill_(2);
        Assert.All(module.bias!.data<float>(), b => Assert.Equal(2, b));
        module.forward(torch.ones(1, 3)).sum().backward();
        Assert.All(flat.Gradients.data<float>()[16..21], g => Assert.Equal(1, g));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(109_386)]
    public void Statistics_OfFloats_AreThoseOfDoubles(int count)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(3);
        var weight = torch.zeros(count).requires_grad_();
        using var flat = FlatParameters.Of([weight]);
        using var sgd = torch.optim.SGD([weight], 0.5);
        sgd.WatchChanges();
        flat.Gradients.uniform_(-1, 1, generator);
        var before = flat.Values.data<float>();
        sgd.step();
        var change = flat.Values.data<float>().Zip(before, (now, then) => (double)then - now).ToArray();
        flat.Gradients.uniform_(-1, 2, generator);
        var gradient = Array.ConvertAll(flat.Gradients.data<float>(), g => (double)g);

        var (norm, alignment, step) = sgd.Statistics();
        Assert.Equal(Math.Sqrt(gradient.Sum(g => g * g)), norm, 1e-6 * norm);
        Assert.Equal(gradient.Zip(change, (g, c) => g * c).Sum() / 0.5, alignment, 1e-6 * norm * step);
        Assert.Equal(Math.Sqrt(change.Sum(c => c * c)) / 0.5, step, 1e-6 * step);
        var alone = sgd.Statistics(compared: false);
        Assert.Equal((0.0, 0.0), (alone.Alignment, alone.StepNorm));
        Assert.Equal(norm, alone.Norm, 1e-6 * norm);
    }

    [Fact]
    public void Statistics_WithWatchingTurnedOff_KeepTheStepBefore()
    {
        using var scope = torch.NewDisposeScope();
        var weight = torch.zeros(40).requires_grad_();
        using var flat = FlatParameters.Of([weight]);
        using var sgd = torch.optim.SGD([weight], 0.5);
        sgd.WatchChanges();
        flat.Gradients.fill_(1);
        sgd.step();
        var kept = sgd.Statistics();
        sgd.WatchChanges(false);
        flat.Gradients.fill_(3);
        sgd.step();
        flat.Gradients.fill_(1);
        Assert.Equal(kept, sgd.Statistics());
    }

    [Theory]
    [InlineData("plain", 31)]
    [InlineData("plain", 20_001)]
    [InlineData("decay", 31)]
    [InlineData("momentum", 20_001)]
    [InlineData("nesterov", 31)]
    public void Statistics_WithTheStepKeptAhead_AreTheSame(string form, int count)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(3);
        var (one, other) = (torch.ones(count).requires_grad_(), torch.ones(count).requires_grad_());
        using var flat = FlatParameters.Of([one]);
        using var twin = FlatParameters.Of([other]);
        torch.optim.Optimizer Make(torch.Tensor weight) => torch.optim.SGD(
            [weight], 0.25, form is "momentum" or "nesterov" ? 0.5 : 0, weight_decay: form == "decay" ? 0.1 : 0, nesterov: form == "nesterov");
        using var ahead = Make(one);
        using var plain = Make(other);
        ahead.WatchChanges();
        plain.WatchChanges();
        double[] change = new double[count];
        for (var step = 0; step < 6; step++)
        {
            flat.Gradients.uniform_(-1, 2, generator);
            twin.Gradients.copy_(flat.Gradients);
            var known = plain.Statistics();
            Assert.Equal(known, plain.Statistics());
            Assert.Equal(known, ahead.Statistics(stepFollows: true));
            var product = flat.Gradients.data<float>().Zip(change, (g, c) => g * c).Sum() / 0.25;
            Assert.Equal(product, known.Alignment, 1e-5 * ((known.Norm * known.StepNorm) + 1));
            var before = flat.Values.data<float>();
            ahead.step();
            plain.step();
            change = [.. before.Zip(flat.Values.data<float>(), (then, now) => (double)then - now)];
            Assert.Equal(flat.Save(), twin.Save());
            Assert.Equal(ahead.Save(), plain.Save());
        }
    }

    [Fact]
    public void Optimizer_LoadedFromASavedState_GoesOnWithTheSameBits()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        using var module = torch.nn.Linear(3, 5, generator);
        using var adam = torch.optim.Adam(module.parameters());
        using var flat = FlatParameters.Of(module.parameters());
        flat.Gradients.uniform_(-1, 1, generator);
        adam.step();
        var (state, values) = (adam.Save(), flat.Save());
        adam.step();
        var expected = flat.Save();
        flat.Load(values);
        using var again = torch.optim.Adam(module.parameters());
        again.Load(state);
        again.step();
        Assert.Equal(expected, flat.Save());
    }

    [Fact]
    public void Optimizer_StateOfAnotherKind_IsRefused()
    {
        using var generator = new torch.Generator(1);
        using var module = torch.nn.Linear(3, 5, generator);
        using var adam = torch.optim.Adam(module.parameters());
        using var sgd = torch.optim.SGD(module.parameters(), 0.1);
        Assert.Contains("the optimizer's state has 16 bytes, the saved one 272", Assert.Throws<TorchException>(() => sgd.Load(adam.Save())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StepWithNorm_OfAGradient_GivesItsLength()
    {
        using var scope = torch.NewDisposeScope();
        var parameter = torch.zeros(2).requires_grad_();
        using var sgd = torch.optim.SGD([parameter], 1);
        parameter.grad!.copy_(torch.tensor<float>([3, 4]));
        Assert.Equal(5, sgd.StepWithNorm(), 1e-12);
        Assert.Equal([-3f, -4], parameter.data<float>());
        sgd.zero_grad();
        Assert.Equal([0f, 0], parameter.grad!.data<float>());
    }

    [Fact]
    public void Options_L1AndWeightClip_PullAndBound()
    {
        using var scope = torch.NewDisposeScope();
        var parameter = torch.tensor<float>([1, -1, 0]).requires_grad_();
        using var flat = FlatParameters.Of([parameter]);
        using var sgd = new torch.optim.Optimizer(OptimizerKind.Sgd, flat, 0.5, new OptimizerOptions { L1 = 0.1, WeightClip = 0.75 });
        sgd.step();
        Assert.Equal([0.75f, -0.75f, 0], parameter.data<float>());
        sgd.step();
        Assert.Equal([0.7f, -0.7f, 0], parameter.data<float>());
    }

    [Fact]
    public void SetMomentum_OfAdam_ChangesBeta1()
    {
        using var scope = torch.NewDisposeScope();
        var (a, b) = (torch.ones(3).requires_grad_(), torch.ones(3).requires_grad_());
        using var set = torch.optim.Adam([a]);
        using var made = torch.optim.Adam([b], beta1: 0.5);
        set.SetMomentum(0.5);
        foreach (var (parameter, optimizer) in new[] { (a, set), (b, made) })
        {
            parameter.grad!.fill_(0.3);
            optimizer.step();
            parameter.grad!.fill_(-0.1);
            optimizer.step();
        }
        Assert.Equal(b.data<float>(), a.data<float>());
    }
}
