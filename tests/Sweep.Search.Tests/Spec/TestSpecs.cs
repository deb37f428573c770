using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Spec;

/// <summary>Sweep files that tests start from.</summary>
internal static class TestSpecs
{
    /// <summary>The example of the design document.</summary>
    internal const string Example = """
        name: fashion-optimizers
        task: { dataset: fashion-mnist, model: mlp, hidden: [128, 64], batch_size: 128, epochs: 9 }
        objective: { metric: val_accuracy, goal: maximize }
        search:
          sampler: random
          trials: 27                       # in all
          seed: 7
          pruner: { type: halving, min_resource: 3, reduction_factor: 3 }      # max_resource is task.epochs
        parameters:
          optimizer: { values: [sgd, momentum, adagrad, rmsprop, adam] }
          optimizer.momentum: { min: 0.8, max: 0.99, when: { optimizer: momentum } }
          lr:                                           # a list of alternatives: each optimizer its own range
            - { min: 0.001, max: 1.0, distribution: log_uniform, when: { optimizer: [sgd, momentum, adagrad] } }
            - { min: 0.00001, max: 0.01, distribution: log_uniform, when: { optimizer: [rmsprop, adam] } }
          schedule: { values: [constant, exponential, cosine] }
          schedule.gamma: { min: 0.5, max: 0.99, when: { schedule: exponential } }
          task.batch_size: { values: [64, 128] }        # any setting of the task may vary
          optimizer.weight_decay: 0.0001                # a constant
        """;

    /// <summary>A finite space with conditions: 2 × (1 + 3 + 2 × 2) × 2 minus what is forbidden.</summary>
    internal const string Grid = """
        name: grid
        task: { dataset: mnist, model: mlp, hidden: [16], epochs: 9 }
        objective: { metric: val_loss }
        search: { sampler: grid }
        parameters:
          task.batch_size: { min: 32, max: 64, step: 32 }
          optimizer: { values: [sgd, momentum, adam] }
          optimizer.momentum: { values: [0.5, 0.9, 0.99], when: { optimizer: momentum } }
          optimizer.beta1:
            - { values: [0.8, 0.9], when: { optimizer: adam } }
          optimizer.weight_decay: { values: [0.0, 0.1], when: { optimizer: adam } }
          lr: { min: 0.001, max: 0.1, distribution: log_uniform, points: 2 }
        """;

    internal static SpecResult Read(string text) => SpecReader.Read(text, "s.yaml", TestCatalogue.Instance);

    internal static SweepSpec Valid(string text)
    {
        var result = Read(text);
        Assert.Empty(result.Errors);
        return result.Spec!;
    }

    /// <summary>A file with these parameter lines and little else.</summary>
    internal static string With(string parameters, string search = "{ sampler: random, trials: 5 }", string task = "{ dataset: mnist, model: mlp, hidden: [16], epochs: 9 }") =>
        $"name: n\ntask: {task}\nobjective: {{ metric: val_loss }}\nsearch: {search}\nparameters:\n{parameters}";

    internal static Configuration Point(params (string Name, object Value)[] entries) =>
        new(entries.Select(e => new KeyValuePair<string, ParameterValue>(e.Name, e.Value switch
        {
            string text => ParameterValue.Of(text),
            int whole => ParameterValue.Of((long)whole),
            double real => ParameterValue.Of(real),
            bool flag => ParameterValue.Of(flag),
            var other => throw new ArgumentException($"{other}", nameof(entries)),
        })));
}
