using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>A module's parameters on another device, beside the block on the processor that optimizers, checkpoints and averages work on.</summary>
/// <remarks>
/// A step costs two copies: weights there, gradients back. So every optimizer, fused as it is, serves every device, and a trainer
/// need not know where its network computes.
/// </remarks>
internal sealed class DeviceMirror : IDisposable
{
    private readonly torch.Tensor[] _module;
    private readonly torch.Tensor[] _originals;
    private readonly torch.Tensor _values;
    private readonly torch.Tensor _gradients;

    private DeviceMirror(torch.nn.Module module, torch.Tensor[] parameters, string device)
    {
        using var quiet = torch.no_grad();
        (_module, Device) = (parameters, device);
        _originals = [.. parameters.Select(p => p.detach().clone().DetachFromDisposeScope())];
        Parameters = FlatParameters.Of(_originals);
        using var held = new HandleArray(parameters);
        var (values, gradients) = Native.Mirror(held.Pointers, [.. Parameters.Offsets], Parameters.Values.Handle, device);
        _values = new torch.Tensor(values).DetachFromDisposeScope();
        _gradients = new torch.Tensor(gradients).DetachFromDisposeScope();
        foreach (var buffer in module.buffers())
        {
            Native.Move(buffer.Handle, device);
        }
        Parameters.Mirror = this;
        foreach (var parameter in parameters)
        {
            parameter.Home = Parameters;
        }
    }

    /// <summary>The block on the processor, which rules.</summary>
    public FlatParameters Parameters { get; }

    public string Device { get; }

    /// <summary>The module's mirror on that device; it moves there the first time.</summary>
    public static DeviceMirror Of(torch.nn.Module module, string device)
    {
        torch.Tensor[] all = [.. module.parameters()];
        return all[0].Home?.Mirror is { } mirror && mirror.Device == device && mirror._module.SequenceEqual(all) ? mirror : new DeviceMirror(module, all, device);
    }

    /// <summary>The module computes with the weights as they are now.</summary>
    public void Upload()
    {
        using var quiet = torch.no_grad();
        _values.copy_(Parameters.Values);
    }

    public void ClearGradients() => _gradients.zero_();

    /// <summary>The gradients that the module has gathered are the block's.</summary>
    public void Download()
    {
        using var quiet = torch.no_grad();
        Parameters.Gradients.copy_(_gradients);
    }

    public void Dispose()
    {
        _values.Dispose();
        _gradients.Dispose();
        foreach (var original in _originals)
        {
            original.Dispose();
        }
    }
}
