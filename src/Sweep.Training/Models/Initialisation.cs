using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>What a network's weights are at the start, always drawn from the trial's own generator.</summary>
/// <remarks>
/// Anything but the default draws all weights again, in the order of the layers, and sets the biases to 0: kaiming for relu
/// (He et al. 2015), xavier with gain 1 (Glorot &amp; Bengio 2010), as PyTorch's functions of these names.
/// </remarks>
internal static class Initialisation
{
    private const string Default = "default";

    public static Setting Setting { get; } =
        new("init", SettingKind.Choice, "How weights are drawn; default: as PyTorch draws those of each layer. With the others biases are 0.")
        {
            Default = Default,
            Choices = [Default, "kaiming_uniform", "kaiming_normal", "xavier_uniform", "xavier_normal"],
        };

    /// <summary>A definition with the setting, which its modules are initialised by.</summary>
    public static ModelDefinition Choosable(ModelDefinition model) => model with
    {
        Settings = [.. model.Settings, Setting],
        Build = (inputs, outputs, settings, generator) =>
        {
            var module = model.Build(inputs, outputs, settings, generator);
            Apply(module, settings.Text(Setting.Name), generator);
            return module;
        },
    };

    private static void Apply(torch.nn.Module module, string name, torch.Generator generator)
    {
        if (name == Default)
        {
            return;
        }
        Func<torch.Tensor, torch.Generator, torch.Tensor> draw = name switch
        {
            "kaiming_uniform" => (weight, from) => torch.nn.init.kaiming_uniform_(weight, from),
            "kaiming_normal" => torch.nn.init.kaiming_normal_,
            "xavier_uniform" => torch.nn.init.xavier_uniform_,
            "xavier_normal" => torch.nn.init.xavier_normal_,
            _ => throw new ArgumentException($"init {name} is not one of {string.Join(", ", Setting.Choices)}", nameof(name)),
        };
        foreach (var (path, parameter) in module.named_parameters())
        {
            // Normalisations have weights of one dimension, which stay 1; positions are no weights.
            var own = path[(path.LastIndexOf('.') + 1)..];
            if (own.Contains("weight", StringComparison.Ordinal) && parameter.dim() > 1)
            {
                draw(parameter, generator);
            }
            else if (own.Contains("bias", StringComparison.Ordinal))
            {
                torch.nn.init.zeros_(parameter);
            }
        }
    }
}
