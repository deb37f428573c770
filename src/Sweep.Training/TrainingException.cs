namespace Sweep.Training;

/// <summary>Bad input to the training side: settings that do not go together, or a data file that cannot be used.</summary>
/// <remarks>The message names the thing, what was found and what is allowed; it is shown to the user as it stands.</remarks>
public sealed class TrainingException(string message, Exception? inner = null) : Exception(message, inner);
