namespace Sweep.Training;

/// <summary>What a metric asks of a training.</summary>
public enum MetricNeed
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Classes to predict.</summary>
    Classes,

    /// <summary>More than five of them.</summary>
    ManyClasses,

    /// <summary>The loss cross-entropy, of which it is the exponential.</summary>
    CrossEntropy,

    /// <summary>Numbers to predict.</summary>
    Numbers,

    /// <summary>A target that another metric is to reach.</summary>
    Target,
}
