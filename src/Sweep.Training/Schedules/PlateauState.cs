using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Sweep.Training.Schedules;

/// <summary>What <see cref="PlateauSchedule"/> remembers between epochs.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlateauState(double Rate, double Best, long BadEpochs, long CooldownLeft)
{
    private const byte Version = 1;
    private const int Size = 1 + (4 * sizeof(long));

    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        bytes[0] = Version;
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(1), Rate);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(9), Best);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(17), BadEpochs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(25), CooldownLeft);
        return bytes;
    }

    public static PlateauState FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size || bytes[0] != Version)
        {
            throw new TrainingException(
                $"schedule plateau: a saved state of {bytes.Length} bytes, version {(bytes.IsEmpty ? "none" : bytes[0])}; {Size} bytes of version {Version} are needed");
        }

        return new PlateauState(
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[1..]),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[9..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[17..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[25..]));
    }
}
