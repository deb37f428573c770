namespace Sweep.Search;

/// <summary>Data that a sweep cannot be run on, found before anything ran or was written.</summary>
public sealed class BadDataException(string message, Exception? innerException = null) : SweepException(message, innerException);
