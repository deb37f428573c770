namespace Sweep.Training.Randomness;

/// <summary>What random numbers are drawn for. The numbers are part of the promise of same answers: they never change.</summary>
public enum SeedPurpose
{
    Initialisation = 1,
    Shuffle = 2,
    Dropout = 3,
    Augmentation = 4,
    Statistics = 5,
}
