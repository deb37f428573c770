namespace Sweep.Grains.Storage;

/// <summary>Which trial of a sweep: unique there.</summary>
public readonly record struct TrialPlace(int Number, int Replicate);
