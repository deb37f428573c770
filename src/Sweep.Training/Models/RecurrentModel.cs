using Sweep.Search.Settings;
using Sweep.Torch;

namespace Sweep.Training.Models;

/// <summary>An LSTM or GRU over a row taken as a sequence; what it gives at the end is classified.</summary>
internal static class RecurrentModel
{
    public static ModelDefinition Lstm { get; } = Define("lstm", "Layers of an LSTM (Hochreiter & Schmidhuber 1997) over a row as a sequence.", gru: false);

    public static ModelDefinition Gru { get; } = Define("gru", "Layers of a GRU (Cho et al. 2014) over a row as a sequence.", gru: true);

    private static ModelDefinition Define(string name, string description, bool gru) => new(
        name,
        description,
        [
            new("units", SettingKind.Integer, "The width of each layer.") { Default = 64L, Minimum = 1 },
            new("layers", SettingKind.Integer, "How many layers there are.") { Default = 1L, Minimum = 1, Maximum = 16 },
            SequenceShape.Setting,
            new("dropout", SettingKind.Number, "The probability of dropping an output of a layer.") { Default = 0.0, Minimum = 0, Maximum = 1, MaximumExclusive = true },
        ],
        (inputs, outputs, settings, generator) => Build(inputs, outputs, settings, gru, generator))
    {
        HasBFloat16 = _ => false,
    };

    private static Torch.Modules.Sequential Build(long inputs, long outputs, SettingValues settings, bool gru, torch.Generator generator)
    {
        var (length, width) = SequenceShape.Of(inputs, settings);
        var units = settings.Integer("units");
        var modules = new List<torch.nn.Module> { torch.nn.Unflatten(length, width) };
        for (var layer = 0L; layer < settings.Integer("layers"); layer++)
        {
            modules.Add(gru ? torch.nn.GRU(width, units, generator) : torch.nn.LSTM(width, units, generator));
            if (settings.Number("dropout") is > 0 and var dropout)
            {
                modules.Add(torch.nn.Dropout(dropout));
            }
            width = units;
        }
        modules.AddRange([torch.nn.LastPlace(), torch.nn.Linear(width, outputs, generator)]);
        return torch.nn.Sequential([.. modules]);
    }
}
