using Sweep.Search;

namespace Sweep.Store;

/// <summary>The store cannot be read or written: a fault of its file, server or disk, never of a trial.</summary>
public class StoreException(string message, Exception? innerException = null) : SweepException(message, innerException);

/// <summary>There is no store at the place that was named: a command that only reads creates none.</summary>
public sealed class StoreNotFoundException(string message) : NotFoundException(message);
