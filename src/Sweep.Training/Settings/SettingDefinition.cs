namespace Sweep.Training.Settings;

/// <summary>One setting of an optimizer, schedule, model or task: its type, range, default and meaning.</summary>
/// <remarks>A spec is validated against these, the documentation lists them, and a sweep may vary any of them.</remarks>
public sealed record SettingDefinition(string Name, SettingKind Kind, string Description)
{
    /// <summary>The value when the setting is left out: null when it must be given.</summary>
    public object? Default { get; init; }

    /// <summary>True when the setting has no default and no meaning without one.</summary>
    public bool Required { get; init; }

    /// <summary>The smallest value (of each element, for a list); negative infinity for none.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is outside the range.</summary>
    public bool MinimumExclusive { get; init; }

    /// <summary>The largest value (of each element, for a list); positive infinity for none.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Maximum"/> itself is outside the range.</summary>
    public bool MaximumExclusive { get; init; }

    /// <summary>The allowed values of a <see cref="SettingKind.Choice"/>, or of each element of a <see cref="SettingKind.ChoiceList"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it is in units of the learning rate, so that its value means nothing on another task.</summary>
    public bool IsRate { get; init; }

    /// <summary>Whether it is accepted only because older files have it: a warning gives the description.</summary>
    public bool HasNoEffect { get; init; }
}
