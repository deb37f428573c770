using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>Adds to each place of [rows, length, width] what tells it from the others.</summary>
/// <remarks>
/// Either Vaswani et al. 2017, section 3.5 (sin(p / 10000^(2i/width)) in the even elements, the cosine in the odd), or a learned
/// vector for each place, drawn from a normal distribution with deviation 0.02 at the start.
/// </remarks>
public sealed class PositionalEncoding : torch.nn.Module
{
    private const double Base = 10_000;
    private const double Deviation = 0.02;

    private readonly torch.Tensor _table;
    private readonly bool _learned;

    /// <summary>The table of a length and width.</summary>
    /// <param name="length">Places.</param>
    /// <param name="width">Elements of each.</param>
    /// <param name="generator">Null for the fixed table.</param>
    internal PositionalEncoding(long length, long width, torch.Generator? generator)
    {
        _learned = generator is not null;
        if (generator is null)
        {
            var table = new float[length * width];
            for (var i = 0L; i < table.Length; i++)
            {
                var (place, element) = (i / width, i % width);
                var angle = place / Math.Pow(Base, 2 * (element / 2) / (double)width);
                table[i] = (float)(element % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
            }
            _table = torch.tensor(table, length, width).DetachFromDisposeScope();
            return;
        }
        _table = torch.zeros(length, width).DetachFromDisposeScope();
        torch.nn.init.normal_(_table, 0, Deviation, generator);
        _table.requires_grad = true;
    }

    public override torch.Tensor forward(torch.Tensor input) => input + new torch.Tensor(Native.ToDeviceOf(_table.Handle, input.Handle));

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() => _learned ? [("positions", _table)] : [];

    protected override void Dispose(bool disposing)
    {
        _table.Dispose();
        base.Dispose(disposing);
    }
}
