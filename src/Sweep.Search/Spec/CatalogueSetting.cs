namespace Sweep.Search.Spec;

/// <summary>One setting that a sweep file may give or vary: its type, range, default and meaning.</summary>
/// <param name="Name">Without the section: <c>momentum</c>, not <c>optimizer.momentum</c>.</param>
public sealed record CatalogueSetting(string Name, CatalogueKind Kind, string Description = "")
{
    /// <summary>The value when the setting is left out (string, bool, long, double or a list of long or double); null for none.</summary>
    public object? Default { get; init; }

    /// <summary>True when the setting must be given.</summary>
    public bool Required { get; init; }

    /// <summary>The smallest value (of each element, for a list); negative infinity for none.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is outside the range.</summary>
    public bool MinimumExclusive { get; init; }

    /// <summary>The largest value (of each element, for a list); positive infinity for none.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Maximum"/> itself is outside the range.</summary>
    public bool MaximumExclusive { get; init; }

    /// <summary>The allowed values of a <see cref="CatalogueKind.Choice"/>; one that ends with <c>*</c> stands for every text that begins so.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it is in units of the learning rate, so that its value means nothing on another task.</summary>
    public bool IsRate { get; init; }

    /// <summary>Whether it is accepted only because older files have it: a warning gives the description.</summary>
    public bool HasNoEffect { get; init; }

    /// <summary>Whether a value is a list.</summary>
    internal bool TakesList => Kind is CatalogueKind.NumberList or CatalogueKind.IntegerList or CatalogueKind.ChoiceList;

    /// <summary>The same setting of any number.</summary>
    internal CatalogueSetting WithoutRange() => this with { Minimum = double.NegativeInfinity, Maximum = double.PositiveInfinity };

    /// <summary>Whether the text is one of <see cref="Choices"/>, or begins like one that ends with <c>*</c>.</summary>
    internal bool Allows(string text) => Choices.Any(
        choice => choice.EndsWith('*') ? text.Length >= choice.Length && text.StartsWith(choice[..^1], StringComparison.Ordinal) : choice == text);
}
