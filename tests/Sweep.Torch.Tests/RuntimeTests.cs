namespace Sweep.Torch.Tests;

public sealed class RuntimeTests
{
    [Fact]
    public async Task Preload_CalledTwice_LoadsOnce()
    {
        await Task.WhenAll(torch.Preload(CancellationToken.None), torch.Preload(CancellationToken.None));
        Assert.Equal(1, torch.get_num_threads());
    }
}
