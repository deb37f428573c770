namespace Sweep.Search;

/// <summary>
/// The root of every error that is the user's to mend: bad input, a missing file, a name that is taken.
/// Its message names the thing, the value received and the rule, in one line.
/// </summary>
public class SweepException(string message, Exception? innerException = null) : Exception(message, innerException);
