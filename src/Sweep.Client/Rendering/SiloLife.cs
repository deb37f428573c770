namespace Sweep.Client.Rendering;

/// <summary>Whether a registered silo lives, as far as can be told from here.</summary>
internal enum SiloLife
{
    /// <summary>It was heard of within its lease.</summary>
    Alive,

    /// <summary>It was not heard of for longer than its lease: dead, stopped, or cut off from the store.</summary>
    Silent,

    /// <summary>Its process is gone.</summary>
    Dead,
}
