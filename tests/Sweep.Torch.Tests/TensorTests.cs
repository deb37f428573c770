namespace Sweep.Torch.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Matmul_OfShapesThatDoNotFit_ThrowsWithBothShapes()
    {
        using var scope = torch.NewDisposeScope();
        var error = Assert.Throws<TorchException>(() => torch.zeros(2, 3).matmul(torch.zeros(4, 5)));
        Assert.Contains("2x3 and 4x5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ErrorSlot_OfAnotherThread_IsItsOwn()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<TorchException>(() => torch.zeros(2, 3).matmul(torch.zeros(4, 5)));
        string? other = null;
        var thread = new Thread(() =>
        {
            using var inner = torch.NewDisposeScope();
            other = Assert.Throws<TorchException>(() => torch.zeros(6).view(5)).Message;
        });
        thread.Start();
        thread.Join();
        Assert.Contains("shape '[5]' is invalid for input of size 6", other, StringComparison.Ordinal);
        Assert.Contains("2x3 and 4x5", Assert.Throws<TorchException>(() => torch.zeros(2, 3).matmul(torch.zeros(4, 5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arithmetic_OfSmallTensors_GivesTheNumbers()
    {
        using var scope = torch.NewDisposeScope();
        var a = torch.tensor<float>([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal([2f, 4, 6, 8, 10, 12], (a * 2).data<float>());
        Assert.Equal([14f, 32, 32, 77], a.matmul(a.t()).data<float>());
        Assert.Equal([4f, 5, 6], a[1].data<float>());
        Assert.Equal([4f, 5, 6], a[1..].data<float>());
        Assert.Equal([4f, 5, 6, 1, 2, 3], a[torch.from_array(new long[] { 1, 0 })].data<float>());
        Assert.Equal(21, a.sum().item<int>());
        Assert.Equal([5f, 7, 9], a.sum(0).data<float>());
        Assert.Equal([1f, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], torch.cat([a, a]).data<float>());
        Assert.Equal([1L, 2], torch.from_array(new long[,] { { 1, 2 } }).data<long>());
        Assert.Equal([1.5f, 2.5f], (torch.from_array(new[] { 1, 2 }) + 0.5).data<float>());
    }

    [Fact]
    public void Backward_OfAFunction_GivesItsDerivative()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor<double>([1, 2, 3]).requires_grad_();
        Assert.Null(x.grad);
        (x.square() * x).sum().backward();
        Assert.Equal([3.0, 12, 27], x.grad!.data<double>());
        using (torch.no_grad())
        {
            Assert.False((x * 2).requires_grad);
        }
        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void FromMemory_Tensor_LooksAtTheMemoryItself()
    {
        using var scope = torch.NewDisposeScope();
        var memory = new float[] { 1, 2, 3 };
        var tensor = torch.from_memory<float>(memory);
        memory[1] = 7;
        Assert.Equal([1f, 7, 3], tensor.data<float>());
    }

    [Fact]
    public void FromMemory_LastTensorGone_Unpins()
    {
        using var manager = new CountingMemory();
        var tensor = torch.from_memory<float>(manager.Memory);
        var view = tensor[1..];
        tensor.Dispose();
        Assert.Equal(1, manager.Pins);
        Assert.Equal([0f, 0], view.data<float>());
        view.Dispose();
        Assert.Equal(0, manager.Pins);
    }

    [Fact]
    public void DisposeScope_Closing_FreesWhatWasNotMovedOut()
    {
        torch.Tensor inner, moved, detached;
        using (var outer = torch.NewDisposeScope())
        {
            using (var scope = torch.NewDisposeScope())
            {
                inner = torch.zeros(3);
                moved = torch.zeros(3).MoveToOuterDisposeScope();
                detached = torch.zeros(3).DetachFromDisposeScope();
                Assert.Equal(1, scope.DisposablesCount);
            }
            Assert.Throws<ObjectDisposedException>(() => inner.shape);
            Assert.Equal([3L], moved.shape);
            Assert.Equal(1, outer.DisposablesCount);
        }
        Assert.Throws<ObjectDisposedException>(() => moved.shape);
        Assert.Equal([3L], detached.shape);
        detached.Dispose();
    }

    [Fact]
    public void Generator_OfOneSeed_RepeatsItself()
    {
        using var scope = torch.NewDisposeScope();
        using var a = new torch.Generator(42);
        using var b = new torch.Generator(42);
        Assert.Equal(torch.randn([5], a).data<float>(), torch.randn([5], b).data<float>());
        var state = a.get_state();
        var next = torch.randperm(20, a).data<long>();
        a.set_state(state);
        Assert.Equal(next, torch.randperm(20, a).data<long>());
        Assert.Equal(42UL, b.initial_seed());
    }

    [Fact]
    public void NumericsProfile_Here_NamesEverything()
    {
        var profile = torch.numerics_profile();
        Assert.StartsWith("1.13", profile.Libtorch, StringComparison.Ordinal);
        Assert.Contains("OpenBLAS", profile.OpenBlas, StringComparison.Ordinal);
        Assert.Equal(64, profile.Shim.Length);
        Assert.Equal(1, profile.Threads);
        Assert.DoesNotContain("unknown", profile.Text, StringComparison.Ordinal);
    }
}
