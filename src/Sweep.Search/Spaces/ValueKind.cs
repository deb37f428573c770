namespace Sweep.Search.Spaces;

/// <summary>The type of a <see cref="ParameterValue"/>.</summary>
public enum ValueKind
{
    Text,
    Integer,
    Real,
    Boolean,
    List,
}
