using System.Runtime.InteropServices;

namespace Sweep.Search.Trials;

/// <summary>Which trial of a sweep: unique there.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TrialPlace(int Number, int Replicate);
