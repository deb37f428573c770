using Sweep.Search;

namespace Sweep.Store;

/// <summary>The store cannot be read or written: a fault of its file, server or disk, never of a trial.</summary>
public class StoreException(string message, Exception? innerException = null) : SweepException(message, innerException);
