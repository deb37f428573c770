using Sweep.Search.Settings;
using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Spec;

/// <summary>A catalogue with the shapes that the real one has.</summary>
internal static class TestCatalogue
{
    private static readonly Setting Decay = new("weight_decay", SettingKind.Number) { Minimum = 0, Default = 0.0 };
    private static readonly Setting Momentum = new("momentum", SettingKind.Number) { Minimum = 0, Maximum = 1, MaximumExclusive = true, Default = 0.9 };
    private static readonly Setting Beta1 = new("beta1", SettingKind.Number) { Minimum = 0, Maximum = 1, MaximumExclusive = true, Default = 0.9 };
    private static readonly Setting Gamma = new("gamma", SettingKind.Number) { Minimum = 0, MinimumExclusive = true, Maximum = 1, Required = true };
    private static readonly Setting Every = new("every", SettingKind.Integer) { Minimum = 1, Default = 1L };

    internal static Catalogue Instance { get; } = new(
        new CatalogueFamily("optimizer", "optimizer.", null, new Dictionary<string, IReadOnlyList<Setting>>
        {
            ["sgd"] = [Decay],
            ["momentum"] = [Momentum, Decay, new("nesterov", SettingKind.Boolean) { Default = false }],
            ["adagrad"] = [Decay],
            ["rmsprop"] = [Momentum with { Default = 0.0 }, Decay],
            ["adam"] = [Beta1, Decay],
        }),
        new CatalogueFamily("schedule", "schedule.", "constant", new Dictionary<string, IReadOnlyList<Setting>>
        {
            ["constant"] = [],
            ["step"] = [Gamma, Every with { Default = null, Required = true }],
            ["exponential"] = [Gamma],
            ["cosine"] = [new("min_factor", SettingKind.Number) { Minimum = 0, Maximum = 1, Default = 0.0 }],
        }),
        new CatalogueFamily("task.model", "task.", null, new Dictionary<string, IReadOnlyList<Setting>>
        {
            ["mlp"] = [new("hidden", SettingKind.IntegerList) { Minimum = 1, Required = true }],
            ["cnn"] = [new("channels", SettingKind.Integer) { Minimum = 1, Default = 32L }],
        }),
        new Setting("lr", SettingKind.Number) { Minimum = 0, MinimumExclusive = true, Required = true },
        [
            new("dataset", SettingKind.Choice) { Choices = ["mnist", "fashion-mnist"], Required = true },
            new("batch_size", SettingKind.Integer) { Minimum = 1, Default = 64L },
            new("epochs", SettingKind.Integer) { Minimum = 1, Maximum = 100000, Required = true },
            new("dropout", SettingKind.Number) { Minimum = 0, Maximum = 1, MaximumExclusive = true, Default = 0.0 },
        ],
        new Dictionary<string, ObjectiveGoal>
        {
            ["val_accuracy"] = ObjectiveGoal.Maximize,
            ["val_loss"] = ObjectiveGoal.Minimize,
            ["train_loss"] = ObjectiveGoal.Minimize,
        })
    {
        Conflicts = [new("adam", "step", "adam does not go with step")],
    };
}
