namespace Sweep.Search;

/// <summary>Something named by the user is not there: a sweep, a trial, a file, a data set, a store.</summary>
public class NotFoundException(string message, Exception? innerException = null) : SweepException(message, innerException);
