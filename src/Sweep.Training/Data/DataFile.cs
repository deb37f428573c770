namespace Sweep.Training.Data;

/// <summary>A source file of a data set, as it was read: a sweep records it, and a later one can tell whether it has changed.</summary>
/// <param name="Name">The file's name without its folder, e.g. <c>train-images-idx3-ubyte.gz</c>.</param>
/// <param name="Path">Where it was read.</param>
/// <param name="Length">Its length in bytes, as stored (compressed if it is).</param>
/// <param name="Sha256">SHA-256 of the file as stored, 64 lower-case hex digits.</param>
public sealed record DataFile(string Name, string Path, long Length, string Sha256);
