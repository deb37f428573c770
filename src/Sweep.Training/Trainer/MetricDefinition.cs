namespace Sweep.Training;

/// <summary>A number that trainings report after each epoch, and that an objective may name.</summary>
/// <param name="Name">Its name in sweep files, <c>val_loss</c> say.</param>
/// <param name="Maximize">Whether more of it is better.</param>
/// <param name="Need">What a training has to be for it to be reported.</param>
public sealed record MetricDefinition(string Name, bool Maximize, MetricNeed Need);
