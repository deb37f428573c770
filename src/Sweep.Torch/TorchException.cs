namespace Sweep.Torch;

/// <summary>What libtorch or the shim refused, in its own words: shapes that do not fit, a wrong type, memory that is not there.</summary>
public sealed class TorchException(string message) : Exception(message);
