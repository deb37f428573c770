using Sweep.Search;

namespace Sweep.Store;

/// <summary>There is no store at the place that was named: a command that only reads creates none.</summary>
public sealed class StoreNotFoundException(string message) : NotFoundException(message);
