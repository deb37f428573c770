namespace Sweep.Search.Spec;

/// <summary>What values a setting takes.</summary>
public enum CatalogueKind
{
    /// <summary>A real number (<see cref="double"/>).</summary>
    Number,

    /// <summary>A whole number (<see cref="long"/>).</summary>
    Integer,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>One of <see cref="CatalogueSetting.Choices"/>.</summary>
    Choice,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>A list of real numbers.</summary>
    NumberList,

    /// <summary>A list of whole numbers.</summary>
    IntegerList,

    /// <summary>A list of <see cref="CatalogueSetting.Choices"/>.</summary>
    ChoiceList,
}
