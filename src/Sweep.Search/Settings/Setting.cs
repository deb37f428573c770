namespace Sweep.Search.Settings;

/// <summary>One setting of a component, of a task or of a function: its type, range, default and meaning.</summary>
/// <remarks>A sweep file is validated against these, the documentation lists them, and a sweep may vary those of what is trained.</remarks>
/// <param name="Name">Without the section: <c>momentum</c>, not <c>optimizer.momentum</c>.</param>
/// <param name="Description">One line for the documentation.</param>
public sealed record Setting(string Name, SettingKind Kind, string Description = "")
{
    /// <summary>The value when the setting is left out (string, bool, long, double or a list of long or double); null for none.</summary>
    public object? Default { get; init; }

    /// <summary>True when the setting has no default and no meaning without one.</summary>
    public bool Required { get; init; }

    /// <summary>What a required setting is for, where the error of leaving it out is not to give the description.</summary>
    public string? WhyRequired { get; init; }

    /// <summary>What stands for a default of null, in the documentation: <c>derived</c>, <c>none</c>, or the path of the setting whose value it is.</summary>
    public string Unset { get; init; } = "derived";

    /// <summary>The smallest value (of each element, for a list); negative infinity for none.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is outside the range.</summary>
    public bool MinimumExclusive { get; init; }

    /// <summary>The largest value (of each element, for a list); positive infinity for none.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Maximum"/> itself is outside the range.</summary>
    public bool MaximumExclusive { get; init; }

    /// <summary>The name of an earlier setting of the same component whose value is the largest; null for none.</summary>
    public string? AtMost { get; init; }

    /// <summary>The allowed values of a <see cref="SettingKind.Choice"/>, or of each element of a <see cref="SettingKind.ChoiceList"/>; one that ends with <c>*</c> stands for every text that begins so.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether it is in units of the learning rate, so that its value means nothing on another task.</summary>
    public bool IsRate { get; init; }

    /// <summary>Whether it is accepted only because older files have it: a warning gives the description.</summary>
    public bool HasNoEffect { get; init; }

    /// <summary>Whether a value is a list.</summary>
    internal bool TakesList => Kind is SettingKind.NumberList or SettingKind.IntegerList or SettingKind.ChoiceList;

    /// <summary>A number within bounds, both of them allowed.</summary>
    public static Setting Range(string name, double @default, double minimum, double maximum, string description) =>
        new(name, SettingKind.Number, description) { Default = @default, Minimum = minimum, Maximum = maximum };

    /// <summary>A share in [0, 1], as of the learning rate.</summary>
    public static Setting Factor(string name, double @default, string description) => Range(name, @default, 0, 1, description);

    /// <summary>A decay factor in (0, 1].</summary>
    public static Setting Gamma(string name, double @default, string description) => Factor(name, @default, description) with { MinimumExclusive = true };

    /// <summary>A momentum in [0, 1).</summary>
    public static Setting Momentum(string name, double @default, string description) => Factor(name, @default, description) with { MaximumExclusive = true };

    /// <summary>A positive number; null for a default that is derived.</summary>
    public static Setting Length(string name, double? @default, string description) =>
        new(name, SettingKind.Number, description) { Default = @default, Minimum = 0, MinimumExclusive = true };

    /// <summary>A whole number from a smallest one on, that an <see cref="int"/> holds; null for a default that is derived.</summary>
    public static Setting Whole(string name, int? @default, int minimum, string description) =>
        new(name, SettingKind.Integer, description) { Default = @default is { } value ? (long)value : null, Minimum = minimum, Maximum = int.MaxValue };

    /// <summary>true or false.</summary>
    public static Setting Flag(string name, bool @default, string description) => new(name, SettingKind.Boolean, description) { Default = @default };

    /// <summary>One of several words; the first is the default.</summary>
    public static Setting Choice(string name, string[] choices, string description) =>
        new(name, SettingKind.Choice, description) { Default = choices[0], Choices = choices };

    /// <summary>The same setting of any number.</summary>
    internal Setting WithoutRange() => this with { Minimum = double.NegativeInfinity, Maximum = double.PositiveInfinity };

    /// <summary>Whether the text is one of <see cref="Choices"/>, or begins like one that ends with <c>*</c>.</summary>
    internal bool Allows(string text) => Choices.Any(
        choice => choice.EndsWith('*') ? text.Length >= choice.Length && text.StartsWith(choice[..^1], StringComparison.Ordinal) : choice == text);
}

/// <summary>What values a setting takes.</summary>
public enum SettingKind
{
    /// <summary>A real number (<see cref="double"/>).</summary>
    Number,

    /// <summary>A whole number (<see cref="long"/>).</summary>
    Integer,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>One of <see cref="Setting.Choices"/>.</summary>
    Choice,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>A list of real numbers.</summary>
    NumberList,

    /// <summary>A list of whole numbers.</summary>
    IntegerList,

    /// <summary>A list whose elements are of <see cref="Setting.Choices"/>.</summary>
    ChoiceList,
}
