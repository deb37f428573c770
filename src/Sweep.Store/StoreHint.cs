using System.Runtime.InteropServices;

namespace Sweep.Store;

/// <summary>Something may have changed in the store: a reason to look, never a fact. Hints get lost, and come twice.</summary>
/// <param name="SweepId">Which sweep it concerns; null for any.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoreHint(StoreHintKind Kind, long? SweepId);

/// <summary>What a <see cref="StoreHint"/> is about.</summary>
public enum StoreHintKind
{
    /// <summary>Not known: look at everything.</summary>
    Any,

    /// <summary>A trial waits to be claimed, where none did.</summary>
    Work,

    /// <summary>A trial ended, or reported what others wait for: its coordinator looks.</summary>
    Result,

    /// <summary>A user changed a sweep (created, paused, resumed, canceled …), or its coordinator let go of it.</summary>
    Command,
}
