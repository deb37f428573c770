using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Spec;

/// <summary>A catalogue with the shapes that the real one has.</summary>
internal static class TestCatalogue
{
    private static readonly CatalogueSetting Decay = new("weight_decay", CatalogueKind.Number) { Minimum = 0, Default = 0.0 };
    private static readonly CatalogueSetting Momentum = new("momentum", CatalogueKind.Number) { Minimum = 0, Maximum = 1, MaximumExclusive = true, Default = 0.9 };
    private static readonly CatalogueSetting Beta1 = new("beta1", CatalogueKind.Number) { Minimum = 0, Maximum = 1, MaximumExclusive = true, Default = 0.9 };
    private static readonly CatalogueSetting Gamma = new("gamma", CatalogueKind.Number) { Minimum = 0, MinimumExclusive = true, Maximum = 1, Required = true };
    private static readonly CatalogueSetting Every = new("every", CatalogueKind.Integer) { Minimum = 1, Default = 1L };

    internal static Catalogue Instance { get; } = new(
        new CatalogueFamily("optimizer", "optimizer.", null, new Dictionary<string, IReadOnlyList<CatalogueSetting>>
        {
            ["sgd"] = [Decay],
            ["momentum"] = [Momentum, Decay, new("nesterov", CatalogueKind.Boolean) { Default = false }],
            ["adagrad"] = [Decay],
            ["rmsprop"] = [Momentum with { Default = 0.0 }, Decay],
            ["adam"] = [Beta1, Decay],
        }),
        new CatalogueFamily("schedule", "schedule.", "constant", new Dictionary<string, IReadOnlyList<CatalogueSetting>>
        {
            ["constant"] = [],
            ["step"] = [Gamma, Every with { Default = null, Required = true }],
            ["exponential"] = [Gamma],
            ["cosine"] = [new("min_factor", CatalogueKind.Number) { Minimum = 0, Maximum = 1, Default = 0.0 }],
        }),
        new CatalogueFamily("task.model", "task.", null, new Dictionary<string, IReadOnlyList<CatalogueSetting>>
        {
            ["mlp"] = [new("hidden", CatalogueKind.IntegerList) { Minimum = 1, Required = true }],
            ["cnn"] = [new("channels", CatalogueKind.Integer) { Minimum = 1, Default = 32L }],
        }),
        new CatalogueSetting("lr", CatalogueKind.Number) { Minimum = 0, MinimumExclusive = true, Required = true },
        [
            new("dataset", CatalogueKind.Choice) { Choices = ["mnist", "fashion-mnist"], Required = true },
            new("batch_size", CatalogueKind.Integer) { Minimum = 1, Default = 64L },
            new("epochs", CatalogueKind.Integer) { Minimum = 1, Maximum = 100000, Required = true },
            new("dropout", CatalogueKind.Number) { Minimum = 0, Maximum = 1, MaximumExclusive = true, Default = 0.0 },
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
