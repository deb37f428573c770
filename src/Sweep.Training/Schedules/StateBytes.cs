using System.Buffers.Binary;

namespace Sweep.Training.Schedules;

/// <summary>A schedule's state as bytes: a version, then numbers.</summary>
internal static class StateBytes
{
    private const byte Version = 1;

    public static byte[] Of(ReadOnlySpan<double> numbers)
    {
        var bytes = new byte[1 + (numbers.Length * sizeof(double))];
        bytes[0] = Version;
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(1 + (i * sizeof(double))), numbers[i]);
        }

        return bytes;
    }

    /// <summary>The numbers of a state.</summary>
    /// <exception cref="TrainingException">It is of another length or version.</exception>
    public static double[] Read(string schedule, ReadOnlySpan<byte> bytes, int count)
    {
        var size = 1 + (count * sizeof(double));
        if (bytes.Length != size || bytes[0] != Version)
        {
            throw new TrainingException(
                $"schedule {schedule}: a saved state of {bytes.Length} bytes, version {(bytes.IsEmpty ? "none" : bytes[0])}; {size} bytes of version {Version} are needed");
        }

        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(1 + (i * sizeof(double)))..]);
        }

        return numbers;
    }
}
