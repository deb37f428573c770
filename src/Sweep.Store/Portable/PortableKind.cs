namespace Sweep.Store.Portable;

/// <summary>What a column holds, as values of .NET; null for no value.</summary>
internal enum PortableKind
{
    /// <summary>A whole number: long.</summary>
    Whole,

    /// <summary>A finite number: double.</summary>
    Real,

    /// <summary>A number that may be infinite, which is written as no value.</summary>
    RealOrInfinite,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A byte[].</summary>
    Blob,
}
