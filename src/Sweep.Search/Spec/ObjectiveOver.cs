namespace Sweep.Search.Spec;

/// <summary>Which epoch's metric is a trial's value.</summary>
public enum ObjectiveOver
{
    /// <summary>The last epoch it trained.</summary>
    Last,

    /// <summary>Its best epoch so far, whose checkpoint is the one tested.</summary>
    Best,
}
