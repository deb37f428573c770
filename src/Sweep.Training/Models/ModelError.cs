namespace Sweep.Training.Models;

/// <summary>Settings of a model that do not go together.</summary>
/// <param name="Setting">The setting to change (without task.).</param>
/// <param name="Message">What is wrong with it.</param>
public sealed record ModelError(string Setting, string Message);
