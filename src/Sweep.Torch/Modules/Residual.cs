namespace Sweep.Torch.Modules;

/// <summary>f(body(x) + shortcut(x)), He et al. 2015; without a shortcut x itself is added.</summary>
public sealed class Residual : Composite
{
    private readonly torch.nn.Module _body;
    private readonly torch.nn.Module? _shortcut;
    private readonly torch.nn.Module _after;

    internal Residual(torch.nn.Module body, torch.nn.Module? shortcut, torch.nn.Module after)
        : base([("body", body), .. shortcut is null ? Array.Empty<(string, torch.nn.Module)>() : [("shortcut", shortcut)], ("after", after)]) =>
        (_body, _shortcut, _after) = (body, shortcut, after);

    public override torch.Tensor forward(torch.Tensor input) => _after.forward(_body.forward(input) + (_shortcut?.forward(input) ?? input));
}
