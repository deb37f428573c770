using System.Runtime.InteropServices;

namespace Sweep.Store;

/// <summary>Something may have changed in the store: a reason to look, never a fact. Hints get lost, and come twice.</summary>
/// <param name="SweepId">Which sweep it concerns; null for any.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoreHint(StoreHintKind Kind, long? SweepId);
