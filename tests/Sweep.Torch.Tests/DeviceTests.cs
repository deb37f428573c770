using Sweep.Torch.Interop;

namespace Sweep.Torch.Tests;

/// <summary>The way of every device but the processor, tried on the processor; and what is said where there is none.</summary>
public sealed class DeviceTests
{
    private static readonly int[] AllRows = [.. Enumerable.Range(0, LayerCases.Rows)];

    public static TheoryData<string> Cases() => [.. LayerCases.Names];

    [Theory]
    [InlineData("cpu", -1, null)]
    [InlineData("cuda", -1, "cuda is not available: this libtorch was built without CUDA")]
    [InlineData("cuda:1", 0, "cuda:1 is not available: libtorch finds no CUDA device on this machine")]
    [InlineData("cuda:1", 1, "cuda:1 is not available: this machine has 1 CUDA device, counted from 0")]
    [InlineData("cuda:1", 2, null)]
    [InlineData("cuda", 1, null)]
    [InlineData("cuda:", 1, "cuda: is not one of cpu, cuda, cuda:N")]
    [InlineData("cuda:x", 1, "cuda:x is not one of cpu, cuda, cuda:N")]
    [InlineData("cuda:-1", 1, "cuda:-1 is not one of cpu, cuda, cuda:N")]
    [InlineData("cudas", 1, "cudas is not one of cpu, cuda, cuda:N")]
    [InlineData("tpu", 1, "tpu is not one of cpu, cuda, cuda:N")]
    public void FindError_OfADevice_SaysWhatIsMissing(string device, int cudaDevices, string? error) =>
        Assert.Equal(error, device == Devices.Cpu ? Devices.FindError(device) : Devices.FindError(device, () => cudaDevices));

    [Fact]
    public void Compile_ForADeviceThatIsMissing_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var module = LayerCases.Build("smoothing");
        using var source = LayerCases.Source("smoothing");
        var thrown = Assert.Throws<TorchException>(() => Network.Compile(module, source, new NetworkOptions { Device = "cuda:99" }));
        Assert.StartsWith("cuda:99 is not available: ", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_OfBFloat16ForAnotherDevice_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var module = LayerCases.Build("smoothing");
        using var source = LayerCases.Source("smoothing");
        var options = new NetworkOptions { Device = Devices.OtherCpu, Precision = Precision.BFloat16 };
        Assert.Contains("goes with the device cpu", Assert.Throws<TorchException>(() => Network.Compile(module, source, options)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_OnAnotherDevice_IsThatOfAutogradHere(string name)
    {
        using var scope = torch.NewDisposeScope();
        using var here = LayerCases.Build(name);
        using var there = LayerCases.Build(name);
        using var source = LayerCases.Source(name);
        var options = LayerCases.Options(name, LayerCases.Rows);
        using var autograd = new AutogradNetwork(here, source, options);
        using var mirrored = Network.Compile(there, source, options with { Device = Devices.OtherCpu });
        for (var step = 0; step < 3; step++)
        {
            Assert.Equal(autograd.Gradient(AllRows, step), mirrored.Gradient(AllRows, step));
            Assert.Equal(autograd.Parameters.Gradients.data<float>(), mirrored.Parameters.Gradients.data<float>());
            foreach (var network in (INetwork[])[autograd, mirrored])
            {
                using var quiet = torch.no_grad();
                network.Parameters.Values.add_(network.Parameters.Gradients, -0.1);
            }
        }
        Assert.Equal(autograd.Evaluate(AllRows), mirrored.Evaluate(AllRows));
        Assert.Equal(here.buffers().SelectMany(b => b.data<float>()), there.buffers().SelectMany(b => b.data<float>()));
        // The module's own tensors are the copy, which follows the block.
        Assert.Equal(autograd.Parameters.Values.data<float>(), mirrored.Parameters.Values.data<float>());
        Assert.Equal(here.parameters().SelectMany(p => p.data<float>()), there.parameters().SelectMany(p => p.data<float>()));
    }

    [Theory]
    [InlineData("avx2 avx512_bf16", true, null)]
    [InlineData("avx2 avx512f", true, "bfloat16 needs a processor with AVX512-BF16 (avx512_bf16), which this machine lacks")]
    [InlineData("avx2 avx512_bf16", false, "bfloat16 needs a libtorch with oneDNN, which this one was built without")]
    public void BFloat16_WhereItIsMissing_SaysWhatItNeeds(string flags, bool oneDnn, string? error) =>
        Assert.Equal(error, BFloat16.FindError(new CpuInfo("any", 1, "any", flags.Split(' ').ToHashSet(StringComparer.Ordinal)), () => oneDnn));

    [Fact]
    public void NumericsProfile_Here_TellsOfCuda() =>
        Assert.Contains(Native.CudaDevices() < 0 ? "; cuda none;" : "; cuda ", torch.numerics_profile().Text, StringComparison.Ordinal);
}
